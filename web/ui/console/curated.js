// Curated answers: made from a ticket's answer, worded for everybody, reviewed by somebody else, withdrawn.
import { api, byId, day, el } from "./dom.js";
import { citing } from "./picker.js";
import { fill, say, sure } from "./words.js";

const box = byId("ticket");

// Turn the answer of a ticket into a draft and show it.
export async function toCurated(ticket) {
  try {
    await show(await api("/curated/from-ticket/" + ticket, { json: {} }));
    say("已整理成草稿，请另一位同事复核后启用。");
  } catch (error) {
    say(error.message, "bad");
  }
}

// Rows for the list; `chosen(id)` is called with the one that was picked.
export async function curatedRows(text, chosen) {
  const found = await api("/curated?" + new URLSearchParams({ text }));
  return found.map(({ answer, shown, faults }) => el("li", {}, el("button", { type: "button", class: "row", "data-id": answer.id, onclick: () => chosen(answer.id) },
    el("span", { class: "row-title" }, answer.questions[0]),
    el("span", { class: "row-meta" }, el("span", { class: shown ? "state state-answered" : "state" }, answer.state_name), el("span", { class: "late" }, answer.state === "reviewed" && faults.length ? "停用，要看一下" : ""), el("span", {}, answer.place), el("span", {}, answer.author_name)))));
}

export async function showCurated(id) {
  try {
    await show(await api("/curated/" + id));
  } catch (error) {
    say(error.message, "bad");
  }
}

async function show({ answer, shown, faults }) {
  const cited = await citing(answer, await Promise.all(answer.refs.map(named)));
  const field = (name, value, rows) => {
    const area = el("textarea", { name, rows: String(rows), maxlength: "2000", required: true });
    area.value = value;
    return area;
  };
  const button = (text, kind, path, ask) => el("button", { type: "button", class: kind, onclick: () => act(answer, path, ask) }, text);
  fill(box,
    el("header", {}, el("h3", {}, "整理好的回答"), el("p", { class: "row-meta" }, el("span", { class: "state" }, answer.state_name), el("span", {}, shown ? "正在使用，排在自动回答前面" : "还没有使用"), el("span", {}, answer.place),
      el("span", {}, `从${day(answer.valid_from)}起`), el("span", {}, answer.author_name && `${answer.author_name}写`), el("span", {}, answer.reviewer_name && `${answer.reviewer_name}复核，下次${day(answer.next_review)}`))),
    faults.map((one) => el("p", { class: "notice" }, one.sentence ? `“${one.sentence}”：${one.why}` : one.why)),
    el("form", { class: "stack", onsubmit: (event) => save(event, answer, cited.refs()) },
      el("label", {}, el("span", {}, "问法（一行一个）"), field("questions", answer.questions.join("\n"), 3)),
      el("label", {}, el("span", {}, "回答（第一句是结论）"), field("text", answer.text, 6)),
      el("p", { class: "muted" }, "依据的条款"), cited.chips, cited.search,
      el("div", { class: "buttons" }, el("button", { type: "submit", class: "quiet" }, "保存改动"),
        answer.state === "draft" ? button("复核通过", "main", "/review", ["复核通过？", "条款、数字和有效期都核对过，从此排在自动回答前面。"]) : "",
        answer.state === "reviewed" ? button("撤下", "quiet danger-text", "/withdraw", ["撤下这条回答？", "企业再问时改由系统回答。"]) : "")),
  );
  box.focus();
}

// A reference with the name that people know it by.
async function named(ref) {
  const one = await api("/clauses?ref=" + encodeURIComponent(ref)).catch(() => null);
  return { ref, name: one ? `${one.document_title}${one.clause}` : "已经不在收录里的条款" };
}

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

async function save(event, answer, refs) {
  event.preventDefault();
  const { questions, text } = Object.fromEntries(new FormData(event.target));
  const { version, place, valid_from, valid_until } = answer;
  const json = { version, place, valid_from, valid_until, text, questions: lines(questions), refs };
  await done(() => api("/curated/" + answer.id, { method: "PUT", json }), "已保存，要重新复核。");
}

async function act(answer, path, ask) {
  if (await sure(...ask)) await done(() => api(`/curated/${answer.id}${path}`, { json: { version: answer.version } }), path === "/review" ? "已复核，从现在起使用。" : "已撤下。");
}

async function done(change, words) {
  try {
    await show(await change());
    say(words);
    document.dispatchEvent(new CustomEvent("ticket-changed"));
  } catch (error) {
    say(error.message, "bad");
  }
}
