// What came out of a screening: outcomes as bars, reasons by frequency, the nearest misses.
import { el } from "./dom.js";
import { bar } from "./parts.js";

const KINDS = { eligible: "bar-right", not_eligible: "bar-bad", needs_info: "bar-warn", invalid_input: "bar-warn" };
const MOST = 8;

export function result(found) {
  return el("div", { class: "screened" }, el("p", { class: "summary" }, `一共${found.companies}家。`), found.titles.map((title) => one(title, found.companies)),
    found.cells.some((cell) => cell.count) ? chart("格子的情况", found.cells, Math.max(...found.cells.map((cell) => cell.count))) : "",
    found.notes.length ? el("details", { class: "more-part" }, el("summary", {}, "表是怎么读的"), el("ul", { class: "notes" }, found.notes.map((note) => el("li", {}, note)))) : "");
}

function one(title, companies) {
  return el("section", { class: "title-result" }, el("h4", {}, title.title), el("p", { class: "muted" }, title.standard),
    chart("结论", title.outcomes, companies), el("div", { class: "charts" },
      title.failing.length ? chart("没达到的，多的在前", title.failing, companies, "bar-bad") : "",
      title.missing.length ? chart("还缺的情况，多的在前", title.missing, companies, "bar-warn") : ""),
    title.near.length ? near(title.near) : "");
}

function chart(name, list, whole, kind = "") {
  const row = (item) => el("li", {}, el("span", { class: "bar-text" }, item.label), bar(whole ? item.count / whole : 0, kind || KINDS[item.id] || ""), el("span", { class: "bar-count" }, String(item.count)));
  return el("section", { class: "chart" }, el("h5", {}, name), el("ol", { class: "bars" }, list.slice(0, MOST).map(row)),
    list.length > MOST ? el("details", {}, el("summary", {}, `另外${list.length - MOST}项`), el("ol", { class: "bars" }, list.slice(MOST).map(row))) : "");
}

function near(list) {
  return el("section", { class: "chart" }, el("h5", {}, "最接近的：只差一项"), el("div", { class: "table-box" }, el("table", { class: "plain" },
    el("thead", {}, el("tr", {}, ["企业", "表里第几行", "差哪一项", "差多少"].map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, list.map((item) => el("tr", {}, el("th", { scope: "row" }, item.name), el("td", {}, String(item.row)), el("td", {}, item.failing), el("td", {}, item.gap || "没有数可比")))))));
}
