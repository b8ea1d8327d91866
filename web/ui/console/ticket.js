// One ticket: who waits for what, the conversation, what is known, and what can be done with it.
import { api, byId, day, el } from "./dom.js";
import { answering } from "./answer.js";
import { openRef } from "./clause.js";
import { toCurated } from "./curated.js";
import { fill, moment, say, sure } from "./words.js";

const EVENTS = {
  "handed-over": "企业转来", contact: "企业改了联系方式", wish: "企业改了想办的事", withdrawn: "企业撤回", reopened: "企业又来信，重新打开", wrote: "企业来信", claimed: "领取",
  answered: "答复", noted: "记了一笔", "handed-back": "退回队列", closed: "关闭", due: "改期限", priority: "改轻重", tags: "改标签",
};
const PRIORITIES = { normal: "一般", high: "较急", urgent: "急" };
const box = byId("ticket");
let shown = "";

export async function showTicket(id, { keep = false } = {}) {
  shown = id;
  try {
    const found = await api("/tickets/" + id);
    if (shown !== id) return;
    for (const row of byId("queue").querySelectorAll(".row")) row.toggleAttribute("aria-current", row.dataset.id === id);
    render(found);
    if (!keep) box.focus();
  } catch (error) {
    if (shown === id) box.replaceChildren(el("p", { class: "trouble" }, error.message));
  }
}

const refresh = (id) => {
  document.dispatchEvent(new CustomEvent("ticket-changed"));
  return showTicket(id, { keep: true });
};

function render({ ticket, contact, messages, events, package: whole }) {
  const mine = ticket.assignee && document.querySelector(".who")?.textContent === ticket.assignee_name;
  fill(box,
    el("header", {}, el("h3", {}, ticket.wish || "没有写想办什么"),
      el("p", { class: "row-meta" }, el("span", { class: `state state-${ticket.state}` }, ticket.state_name), el("span", { class: ticket.overdue ? "late" : "" }, `${moment(ticket.due)}前答复`),
        el("span", {}, `${ticket.place}，按${day(ticket.as_of)}`), el("span", {}, ticket.assignee_name && `${ticket.assignee_name}在办`), el("span", {}, ticket.tags.join("、"))),
      contact ? el("p", {}, "联系方式：", [contact.name, contact.phone, contact.email, contact.note].filter(Boolean).join("，")) : ""),
    actions(ticket, mine, messages),
    el("div", { class: "ticket-body" }, about(ticket, whole), el("div", { class: "ticket-work" }, letters(messages), mine && ticket.state !== "closed" ? answering(ticket, refresh) : "")),
    el("details", {}, el("summary", {}, "经过"), el("ul", { class: "dots" }, events.map((one) => el("li", {}, [moment(one.at), one.name, EVENTS[one.what] || one.what, one.detail].filter(Boolean).join(" "))))),
  );
}

// What was handed over: nothing of it has to be asked again.
function about(ticket, whole) {
  const asked = whole.open_points.filter((one) => one.kind === "unanswered");
  const open = whole.open_points.filter((one) => one.kind !== "unanswered");
  return el("div", { class: "ticket-about" },
    section("摘要", el("p", { class: "pre" }, whole.summary || ticket.summary)),
    asked.length ? section("没有答上的", el("ul", { class: "dots" }, asked.map((one) => el("li", {}, one.text)))) : "",
    whole.profile.length ? section("企业情况", el("ul", { class: "chips" }, whole.profile.map((one) => el("li", { class: "chip plain" }, el("span", {}, one.label), " ", el("strong", {}, one.value))))) : "",
    whole.verdict_words ? section("预检", el("p", {}, whole.verdict_words)) : "",
    open.length ? el("details", {}, el("summary", {}, `还要问的（${open.length}）`), el("ul", { class: "dots" }, open.map((one) => el("li", {}, one.text)))) : "",
    whole.clauses.length ? el("details", {}, el("summary", {}, `企业看过的条款（${whole.clauses.length}）`), el("ul", { class: "dots" }, whole.clauses.map((one) => el("li", {}, el("button", { type: "button", class: "link", onclick: () => look(one) }, `${one.title}${one.clause}`))))) : "",
    el("details", {}, el("summary", {}, `对话全文（${whole.transcript.length} 轮）`), el("ol", { class: "transcript" }, whole.transcript.map(turn))));
}

const section = (name, ...inner) => el("section", {}, el("h4", {}, name), ...inner);

function look(one) {
  document.dispatchEvent(new CustomEvent("view", { detail: "call" }));
  openRef({ ref: one.ref });
}

function turn(one) {
  return el("li", {}, one.message ? el("p", { class: "asked" }, one.message) : "", el("p", { class: "pre muted" }, one.answer.replaceAll("**", "")));
}

const WHO = { owner: "企业", answer: "答复", note: "内部记录" };
function letters(messages) {
  if (!messages.length) return "";
  return section("往来", el("ul", { class: "letters" }, messages.map((one) => el("li", { class: `letter letter-${one.kind}` },
    el("p", { class: "muted" }, [WHO[one.kind], one.name, moment(one.at)].filter(Boolean).join(" ")), el("p", { class: "pre" }, one.text),
    one.warnings.map((warned) => el("p", { class: "notice" }, warned.sentence ? `“${warned.sentence}”：${warned.why}` : warned.why))))));
}

function actions(ticket, mine, messages) {
  const button = (text, path, done, kind = "quiet", ask = null) => el("button", { type: "button", class: kind, onclick: (event) => act(event.target, ticket, path, done, ask) }, text);
  const working = mine && (ticket.state === "claimed" || ticket.state === "answered");
  return el("div", { class: "actions" },
    el("div", { class: "buttons" },
      ticket.state === "waiting" ? button("领取", "/claim", "已领取，可以答复了。", "main") : "",
      working ? button("退回队列", "/hand-back", "已退回队列。") : "",
      ticket.state === "waiting" || working ? button("关闭工单", "/close", "已关闭。", "quiet", ["关闭这张工单？", "企业再来信时会重新打开。"]) : "",
      messages.some((one) => one.kind === "answer") ? el("button", { type: "button", class: "quiet", onclick: () => toCurated(ticket.id) }, "整理成回答") : ""),
    ticket.state === "closed" ? "" : el("form", { class: "ticket-filter", onsubmit: (event) => save(event, ticket) },
      el("label", {}, el("span", {}, "期限"), el("input", { type: "datetime-local", name: "due", value: local(ticket.due), required: true })),
      el("label", {}, el("span", {}, "轻重"), el("select", { name: "priority" }, Object.entries(PRIORITIES).map(([value, text]) => el("option", { value, selected: value === ticket.priority }, text)))),
      el("label", { class: "wide" }, el("span", {}, "标签（用空格分开）"), el("input", { name: "tags", maxlength: "160", value: ticket.tags.join(" ") })),
      el("button", { type: "submit", class: "quiet" }, "改")));
}

async function act(button, ticket, path, done, ask) {
  if (ask && !(await sure(...ask))) return;
  button.disabled = true;
  try {
    await api(`/tickets/${ticket.id}${path}`, { json: {} });
    say(done);
  } catch (error) {
    say(error.message, "bad");
  }
  await refresh(ticket.id);
}

async function save(event, ticket) {
  event.preventDefault();
  const { due, priority, tags } = Object.fromEntries(new FormData(event.target));
  try {
    const json = { version: ticket.version, due: `${due}:00+08:00`, priority, tags: tags.split(/[\s、，,]+/).filter(Boolean) };
    await api("/tickets/" + ticket.id, { method: "PATCH", json });
    say("改好了。");
  } catch (error) {
    say(error.message, "bad");
  }
  await refresh(ticket.id);
}

// "2026-11-24T14:05", in time of China.
const local = (iso) => new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
