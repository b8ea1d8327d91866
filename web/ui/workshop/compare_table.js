// The table of a comparison: one criterion per row (on a telephone per card), marks for what differs, score tables below.
import { day, el } from "./dom.js";
import { clause } from "./parts.js";
import { issue } from "./standards.js";

const SIGNS = { stricter: "▲", looser: "▼", new: "＋", gone: "－", unit: "⇄", different: "≠", same: "＝", absent: "·" };
const NAMES = { stricter: "更严", looser: "更宽", new: "新增", gone: "取消", unit: "口径不同", different: "不同", same: "一样", absent: "都没有" };
const isAlike = (row) => row.differences.every((one) => ALIKE.has(one.kind));
const ALIKE = new Set(["same", "absent"]);
const PLACES = ["第一份", "第二份", "第三份"];

// `asOf` is the day that was asked for.
export function table(found, asOf) {
  const heads = found.subjects.map((one) => `${one.standard.title} ${issue(one.standard)}，${one.place}`);
  const body = el("div", { class: "comparison only-different" },
    el("p", { class: "small" }, `${found.track === "review" ? "到期复核" : "首次申报"}，按${day(asOf)}。第一份是基准；更严还是更宽由规则推出，推不出来的只说不同。`),
    el("p", { class: "summary" }, found.summary),
    el("div", { class: "counts" }, Object.keys(SIGNS).map((kind) => [kind, found.counts[kind]]).map(([kind, count]) => count ? el("span", { class: `kind kind-${kind}` }, sign(kind), `${NAMES[kind]} ${count}`) : null)),
    filters(), wide("标准逐项对照", subjects(found), found.rows.map((row) => group(row, heads, found.subjects))),
    scores(found, heads),
    notes(found));
  return body;
}

const sign = (kind) => el("span", { "aria-hidden": "true" }, `${SIGNS[kind]} `);

// What is shown of the table is a matter of its classes.
function filters() {
  const tick = (text, name, on) => el("label", { class: "tick" }, el("input", { type: "checkbox", checked: on, onchange: (event) => event.target.closest(".comparison").classList.toggle(name, event.target.checked) }), el("span", {}, text));
  return el("div", { class: "filters no-print" }, tick("只看不同的", "only-different", true), tick("拆到每个数", "with-lines", false));
}

const wide = (name, head, bodies) => el("table", { class: "wide-table", role: "table", "aria-label": name }, head, bodies);

function headRow(cells) {
  return el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, el("th", { scope: "col", role: "columnheader" }, "项目"), cells.map((inner) => el("th", { scope: "col", role: "columnheader" }, inner))));
}
const plainHeads = (heads) => headRow(heads.map((head) => [head]));

function subjects(found) {
  return headRow(found.subjects.map(({ standard, place, left_out: left }) => [
    el("span", { class: "subject" }, `${standard.title} ${issue(standard)}`),
    el("span", { class: `badge ${standard.in_force ? "badge-good" : "badge-old"}` }, standard.in_force ? "现行" : "已废止"),
    el("span", { class: "small" }, [place, standard.from_ ? `${day(standard.from_)}起` : "", standard.until ? `到${day(standard.until)}` : ""].filter(Boolean).join("，")),
    left ? el("span", { class: "small warned" }, left) : "",
  ]));
}

function group(row, heads, columns) {
  const alike = isAlike(row);
  return el("tbody", { role: "rowgroup", class: alike ? "alike" : "" },
    el("tr", { role: "row", class: "matter" }, el("th", { scope: "row", role: "rowheader" }, row.label),
      row.cells.map((cell, n) => td(heads[n], cell.length ? cell.map(demand) : el("p", { class: "none" }, row.scored[n] ? "不是门槛，只在评分表里计分" : columns[n].left_out ? "没有收录" : "没有这一项"), marks(row.differences, n)))),
    row.lines.map((line) => el("tr", { role: "row", class: `line ${isAlike(line) ? "alike" : ""}` },
      el("th", { scope: "row", role: "rowheader" }, line.label),
      line.cells.map((cell, n) => td(heads[n], cell ? el("p", {}, cell.text, cell.must ? "" : el("span", { class: "small" }, "（几种办法之一）"), " ", clause(cell.clause, cell.citation)) : el("p", { class: "none" }, "不看"), marks(line.differences, n))))));
}

const td = (head, ...inner) => el("td", { role: "cell", "data-head": head }, ...inner);

function demand(one) {
  return el("div", { class: "demand" }, el("p", {}, one.words, " ", clause(one.clause, one.citation)),
    one.exempt ? el("p", { class: "small" }, `可以不看的情形：${one.exempt}`) : "",
    one.shared ? el("p", { class: "small" }, "这一条同时管着几项。") : "",
    one.note ? el("p", { class: "small" }, one.note) : "");
}

// How a column differs from those left of it. With two columns there is only one it can differ from.
function marks(differences, column) {
  const mine = differences.filter((one) => one.to === column && one.kind !== "absent").sort((a, b) => b.of - a.of);
  if (!mine.length) return "";
  return el("div", { class: "marks" }, mine.map((one) => el("p", {},
    column > 1 ? el("span", { class: "small" }, `比${PLACES[one.of]}：`) : "",
    el("span", { class: `kind kind-${one.kind}` }, sign(one.kind), one.label), one.words ? el("span", { class: "small" }, ` ${one.words}`) : "")));
}

function scores(found, heads) {
  if (!found.scores.some((row) => row.cells.some(Boolean))) return "";
  const alike = found.scores.every(isAlike);
  return el("section", { class: "scores" }, el("h3", {}, "评分表"), alike ? el("p", { class: "small" }, "评分表一样。") : "",
    el("div", { class: alike ? "alike" : "" }, wide("评分表对照", plainHeads(heads), [el("tbody", { role: "rowgroup" }, found.scores.map((row) => score(row, heads)))])));
}

function score(row, heads) {
  return el("tr", { role: "row", class: isAlike(row) ? "alike" : "" }, el("th", { scope: "row", role: "rowheader" }, row.label),
    row.cells.map((cell, n) => td(heads[n], cell ? [el("p", {}, [cell.group, `最高${cell.max}`].filter(Boolean).join("，")),
      el("ul", { class: "bands" }, cell.bands.map((band) => el("li", {}, band))), cell.note ? el("p", { class: "small" }, cell.note) : ""] : el("p", { class: "none" }, "没有这一项"), marks(row.differences, n))));
}

function notes(found) {
  const said = found.subjects.flatMap(({ standard }) => standard.notes.map((note) => `${standard.title} ${issue(standard)}：${note}`));
  return said.length ? el("details", { class: "more-part", open: false }, el("summary", {}, "这几份标准要注意的"), el("ul", { class: "notes" }, [...new Set(said)].map((note) => el("li", {}, note)))) : "";
}
