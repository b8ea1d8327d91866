// What two or three places asked for a title, side by side, with what holds in the country now.
import { api, byId, el } from "./dom.js";
import { clause, fill, say } from "./parts.js";

const part = byId("provinces");
const form = byId("provinces-form");
const box = byId("beside");
const [title, ...fields] = form.querySelectorAll("select");
let titles = null;
let turn = 0;

// Nothing is asked for before the part is opened.
export function startProvinces() {
  part.addEventListener("toggle", open);
  title.addEventListener("change", offer);
  form.addEventListener("change", run);
}

async function open() {
  if (titles || !part.open) return;
  try {
    ({ titles } = await api("/workshop/places/choices"));
    title.replaceChildren(...Object.keys(titles).map((name) => el("option", {}, name)));
    offer();
    await run();
  } catch (error) {
    titles = null;
    say(error.message, "bad");
  }
}

// The places that have conditions for the title; those chosen before stay chosen where they have them too.
function offer() {
  const names = titles[title.value];
  for (const [n, field] of fields.entries()) {
    const before = field.value;
    field.replaceChildren(...(n === 2 ? [el("option", { value: "" }, "不选")] : []), ...names.map((name) => el("option", {}, name)));
    field.value = names.includes(before) ? before : n === 2 ? "" : names[n];
  }
}

async function run() {
  const mine = ++turn;
  const chosen = [...new Set(fields.map((field) => field.value).filter(Boolean))];
  if (chosen.length < 2) return fill(box, el("p", { class: "trouble", role: "alert" }, "请选两个不同的地区。"));
  try {
    const found = await api("/workshop/places?" + new URLSearchParams([["title", title.value], ...chosen.map((name) => ["place", name])]));
    if (mine !== turn) return undefined;
    fill(box, el("p", { class: "muted" }, found.lead), table(found));
  } catch (error) {
    if (mine === turn) fill(box, el("p", { class: "trouble", role: "alert" }, error.message));
  }
  return undefined;
}

// On a telephone a card per matter, as the comparison of standards.
function table(found) {
  const heads = ["项目", ...found.columns, "条款"];
  return el("table", { class: "wide-table", role: "table", "aria-label": "各地条件对照" },
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads.map((head) => el("th", { scope: "col", role: "columnheader" }, head)))),
    el("tbody", { role: "rowgroup" }, found.rows.map((row) => el("tr", { role: "row", class: "matter" }, el("th", { scope: "row", role: "rowheader" }, row.label),
      row.cells.map((cell, n) => el("td", { role: "cell", "data-head": found.columns[n] }, el("p", {}, cell))),
      el("td", { role: "cell", "data-head": "条款" }, row.clauses.map(([ref, name]) => el("p", {}, clause(name, ref))))))));
}
