// The check-up as cards and the deadlines as a list, under the newest answer that speaks of them.
import { api, day, el } from "./dom.js";
import { profile } from "./profile.js";
import { on, path, thread } from "./state.js";

const STATUS = { entitled: "可以享受", likely: "可能可以享受", needs_info: "还缺信息", no: "不符合", expired: "已结束" };
const ROUTE = { automatic: "免申即享", apply: "要申请", unstated: "文件未写明怎么办" };
const OUTCOME = { eligible: "符合", not_eligible: "现在不符合", needs_info: "还不能判断", invalid_input: "数据有误", not_encoded: "标准还没有录入" };
const SHOWN = ["overdue", "due_soon", "upcoming", "unconfirmed", "open", "running"];
const STATE = { overdue: "已过期限", due_soon: "快到了", upcoming: "还没到", unconfirmed: "日子已过，请核对办了没有", open: "要人来判断", running: "禁报期内" };
const AT_ONCE = 6;

const chip = (ref, clause) => (ref ? el("button", { type: "button", class: "tl-link", "data-ref": ref, "aria-haspopup": "dialog" }, clause || "条文") : "");

function benefit(row) {
  const until = row.deadline ? `${day(row.deadline)}止` : "";
  const facts = [["金额", row.amount + (row.how ? `（${row.how}）` : "")], ["怎么办", ROUTE[row.route]], ["找谁", row.department], ["截止", until], ["差什么", row.missing.map((one) => one.question).slice(0, 2).join(" ")]];
  return el("li", { class: `tl-card tl-card-${row.status}` },
    el("div", { class: "tl-card-head" }, el("h4", {}, row.name), el("span", { class: "tl-outcome" }, STATUS[row.status])),
    el("p", {}, row.gives),
    el("dl", {}, facts.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    row.undefined.length ? el("p", { class: "tl-note" }, `文件没有写明：${row.undefined.join("；")}`) : "",
    row.reasons.length ? el("details", { class: "tl-more" }, el("summary", {}, "条件和您的情况"), el("ul", {}, row.reasons.map((text) => el("li", {}, text)))) : "",
    el("p", { class: "tl-card-source" }, chip(row.ref, `${row.document} ${row.clause}`)));
}

function title(row) {
  return el("li", { class: `tl-card tl-card-${row.outcome}` },
    el("div", { class: "tl-card-head" }, el("h4", {}, row.name), el("span", { class: "tl-outcome" }, OUTCOME[row.outcome])),
    row.failing.length ? el("p", {}, `没有达到：${row.failing.join("；")}`) : "",
    row.outcome === "needs_info" ? el("p", {}, `还差 ${row.open.length} 项才能判断。`) : "",
    row.next_round && row.outcome !== "needs_info" ? el("p", { class: "tl-note" }, `最早：${row.next_round}`) : "",
    el("p", { class: "tl-card-source" }, el("button", { type: "button", class: "tl-link", "data-check": row.title, "data-name": row.name }, "逐条预检"), chip(row.refs[0], "条文")));
}

function part(name, rows, make, { open = true } = {}) {
  if (!rows.length) return "";
  const heading = `${name} ${rows.length} 项`;
  const cards = (some) => el("ul", { class: "tl-card-list" }, some.map(make));
  if (!open) return el("details", { class: "tl-card-part" }, el("summary", {}, heading), cards(rows));
  const rest = rows.slice(AT_ONCE);
  return el("section", { class: "tl-card-part", "aria-label": heading }, el("h3", {}, heading), cards(rows.slice(0, AT_ONCE)),
    rest.length ? el("details", { class: "tl-more" }, el("summary", {}, `再看 ${rest.length} 项`), cards(rest)) : "");
}

function checkup(found) {
  const of = (status) => found.benefits.filter((row) => row.status === status);
  const can = of("entitled").length + of("likely").length;
  const asks = found.questions.slice(0, 3);
  return [
    ...found.conflicts.map((text) => el("p", { class: "tl-notice" }, text)),
    asks.length ? el("section", { class: "tl-next" }, el("h3", {}, can ? "再说这几件，能判断更多" : "先说这几件就能判断"), el("ol", {}, asks.map((one) => el("li", {}, one.question)))) : "",
    part("可以享受", of("entitled"), benefit),
    part("可能可以享受", of("likely"), benefit),
    part("称号", found.titles, title),
    part("还缺信息", of("needs_info"), benefit, { open: false }),
    part("不符合", of("no"), benefit, { open: false }),
    part("已结束", of("expired"), benefit, { open: false }),
  ];
}

function duties(found) {
  const dated = found.duties.filter((one) => one.date && SHOWN.includes(one.status));
  if (!dated.length) return [];
  return [
    el("div", { class: "tl-dates-head" }, el("h3", {}, `要记住的日子 ${dated.length} 个`), el("a", { class: "tl-tool tl-tool-main", href: "/api/v1" + path("/calendar"), download: "tiaoli-duties.ics" }, "加入日历")),
    el("ul", { class: "tl-dates" }, dated.map((one) => el("li", {}, el("b", {}, day(one.date)), el("span", { class: "tl-date-what" }, `${one.title}：${one.summary}`), el("span", { class: `tl-outcome tl-date-${one.status}` }, STATE[one.status]), chip(one.refs[0], one.clauses[0])))),
  ];
}

const KINDS = { checkup: ["/checkup", checkup], duties: ["/duties", duties] };
const drawn = {};

// The newest answer of each kind, and the panel, get what the service makes of the facts as they are now.
async function fill(kind) {
  const [rest, make] = KINDS[kind];
  const inChat = [...document.querySelectorAll(`#content gradio-app [data-cards="${kind}"]`)];
  inChat.slice(0, -1).forEach((one) => one.replaceChildren());
  const boxes = [...inChat.slice(-1), ...document.querySelectorAll(`#tl-side [data-cards="${kind}"]`)];
  if (!boxes.length) return;
  const version = `${thread()} ${profile().version}`;
  if (drawn[kind]?.version !== version) drawn[kind] = { version, found: api(path(rest)) };
  const { found } = drawn[kind];
  try {
    const report = await found;
    if (drawn[kind].found !== found) return;
    for (const box of boxes.filter((one) => one.isConnected && (one.dataset.drawn !== version || !one.childElementCount))) {
      const nodes = make(report).filter(Boolean);
      box.dataset.drawn = version;
      box.replaceChildren(...nodes);
      const text = box.parentElement.querySelector("details.tl-as-text");
      if (text && nodes.length) text.open = false;
    }
  } catch (error) {
    for (const box of boxes.filter((one) => one.dataset.drawn !== version)) {
      box.dataset.drawn = version;
      box.replaceChildren(el("p", { class: "tl-note" }, `卡片没有取到：${error.message}`));
    }
  }
}

export function start() {
  const all = () => Object.keys(KINDS).forEach(fill);
  on("shown", all);
  on("drawn", all);
}
