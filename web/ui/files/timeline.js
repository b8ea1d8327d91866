// What was issued, replaced and ended, as a list by year: what is still to come first, then the newest year.
import { go } from "./main.js";
import { address, api, byId, day, el, named } from "./shared.js";

const OPEN_YEARS = 3;
const form = byId("timeline-form");
let asked = 0;

export async function showTimeline(query) {
  document.title = "时间线 · 条理";
  for (const field of form.elements) field.value = query.get(field.name) ?? "";
  const turn = ++asked;
  byId("timeline-count").textContent = "正在打开……";
  try {
    const found = await api("/documents/timeline?" + new URLSearchParams(chosen()));
    if (turn === asked) draw(found);
  } catch (error) {
    if (turn !== asked) return;
    byId("timeline-years").replaceChildren();
    byId("timeline-count").textContent = error.message;
  }
}

const chosen = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
form.addEventListener("change", () => go(address({ view: "timeline", ...chosen() })));
form.addEventListener("submit", (event) => event.preventDefault());

function draw({ events, undated }) {
  const ahead = events.filter((event) => event.ahead);
  const years = grouped(events.filter((event) => !event.ahead));
  byId("timeline-count").textContent = events.length ? `${events.length} 件事，${ahead.length} 件还没到日子` : "没有符合条件的日子。";
  byId("timeline-years").replaceChildren(
    ahead.length ? part("接下来", ahead, true) : "",
    ...[...years.entries()].reverse().map(([year, found], n) => part(`${year}年`, found.sort((a, b) => b.day.localeCompare(a.day)), n < OPEN_YEARS)),
    undated.length ? el("details", { class: "year" }, el("summary", {}, `没有日期的（${undated.length} 份）`),
      el("ul", { class: "plain" }, undated.map((one) => el("li", {}, named(one))))) : "",
  );
}

function grouped(events) {
  const years = new Map();
  for (const event of events) {
    const year = event.day.slice(0, 4);
    years.set(year, [...(years.get(year) || []), event]);
  }
  return years;
}

function part(title, events, open) {
  return el("details", { class: "year", open }, el("summary", {}, `${title}（${events.length}）`), el("ol", { class: "line" }, merged(events).map(entry)));
}

// Clauses of one document that made way for the same document on one day are one entry.
function merged(events) {
  const found = new Map();
  for (const event of events) {
    const key = event.eid ? [event.day, event.kind, event.document.id, event.other?.id].join() : Symbol("own");
    found.set(key, [...(found.get(key) || []), event]);
  }
  return [...found.values()];
}

function entry(events) {
  const [first] = events;
  const { kind, label, document: of, other, whole, ahead } = first;
  const part = !whole && kind === "replaced" ? "一部分" : "";
  const clauses = events.filter((event) => event.eid);
  const many = clauses.length > 3;
  const list = el("ul", { class: "plain" }, clauses.map((one) => el("li", {}, el("a", { href: address({ id: of.id, eid: one.eid }), "data-go": "clause" }, one.clause), `：${one.what}`)));
  return el("li", { class: `dot dot-${kind}${ahead ? " dot-ahead" : ""}` },
    el("p", { class: "row-meta" }, el("time", { datetime: first.day }, day(first.day)), el("span", { class: `badge mark-${kind}` }, part + label), of.place ? el("span", {}, of.place) : ""),
    el("p", {}, named(of), of.number ? el("span", { class: "muted" }, ` ${of.number}`) : ""),
    other ? el("p", { class: "instead" }, "改看 ", named(other), " ", el("a", { class: "aside", href: address({ view: "changes", earlier: of.id, later: other.id }), "data-go": "changes", "aria-label": `对照《${of.title}》和《${other.title}》` }, "逐条对照")) : "",
    clauses.length ? (many ? el("details", {}, el("summary", {}, `${clauses.length} 处条款`), list) : list) : first.what ? el("p", { class: "muted" }, first.what) : "",
  );
}
