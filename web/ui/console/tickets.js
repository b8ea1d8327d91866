// The queue: tickets of the chosen kind, the most urgent first; how many wait stands on the tab, and in the window's title.
import { api, byId, el } from "./dom.js";
import { showCurated, curatedRows } from "./curated.js";
import { showTicket } from "./ticket.js";
import { moment, onTyped } from "./words.js";

const form = byId("ticket-filter");
const REFRESH = 30_000;
const WHICH = { open: [["state", "waiting"], ["state", "claimed"]], waiting: [["state", "waiting"]], mine: [["assignee", "me"]], all: [] };
const PRIORITY = { high: "较急", urgent: "急" };
const title = document.title;
let asked = 0;

export async function showTickets() {
  const turn = ++asked;
  const { which, q } = Object.fromEntries(new FormData(form));
  try {
    if (which === "curated") return put(await curatedRows(q, showCurated), turn, "条整理好的回答");
    const found = await api("/tickets?" + new URLSearchParams([...WHICH[which], ["text", q]]));
    badge(found.counts.waiting || 0);
    put(found.tickets.map(row), turn, "张工单", found.total);
  } catch (error) {
    if (turn === asked) byId("ticket-count").textContent = error.message;
  }
}

function put(rows, turn, what, total = rows.length) {
  if (turn !== asked) return;
  const at = document.activeElement?.dataset?.id;
  byId("ticket-count").textContent = rows.length ? `${total} ${what}` : "没有符合的。";
  byId("queue").replaceChildren(...rows);
  if (at) byId("queue").querySelector(`[data-id="${CSS.escape(at)}"]`)?.focus();
}

function row(one) {
  const due = one.state === "waiting" || one.state === "claimed" ? `${moment(one.due)}前` : "";
  return el("li", {}, el("button", { type: "button", class: "row", "data-id": one.id, onclick: () => showTicket(one.id) },
    el("span", { class: "row-title" }, one.wish || one.summary.split("\n")[0] || "没有写想办什么"),
    el("span", { class: "row-meta" }, el("span", { class: `state state-${one.state}` }, one.state_name),
      el("span", { class: "late" }, PRIORITY[one.priority] || ""), el("span", { class: one.overdue ? "late" : "" }, one.overdue ? `${due}，过期了` : due),
      el("span", {}, one.place), el("span", {}, one.assignee_name), el("span", {}, one.tags.join("、")))));
}

function badge(waiting) {
  const box = byId("badge");
  box.hidden = !waiting;
  box.replaceChildren(String(waiting), el("span", { class: "unseen" }, "张在排队"));
  document.title = waiting ? `（${waiting}）${title}` : title;
}

// How many wait is looked up from time to time; a page that nobody sees asks nothing.
async function count() {
  if (document.hidden) return;
  const found = await api("/tickets?limit=1&state=waiting").catch(() => null);
  if (found) badge(found.counts.waiting || 0);
}

form.addEventListener("change", showTickets);
form.addEventListener("submit", (event) => event.preventDefault());
onTyped(form.elements.q, showTickets);
document.addEventListener("ticket-changed", showTickets);
document.addEventListener("signed-in", showTickets);
setInterval(count, REFRESH);
count();
