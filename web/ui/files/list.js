// The list of documents with its filters.
import { address, api, badge, byId, day, el } from "./shared.js";

const AT_ONCE = 40;
const form = byId("filters");
let asked = 0;
let shown = [];

// Fill the filters from the address and show what passes them.
export async function showList(query) {
  document.title = "文件 · 条理";
  for (const field of form.elements) if (field.name && field !== document.activeElement) field.value = query.get(field.name) || "";
  const narrowed = Object.keys(chosen()).some((name) => name !== "q");
  byId("narrow").open ||= narrowed || window.matchMedia("(min-width: 760px)").matches;
  await refresh();
}

function chosen() {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
}

async function refresh() {
  const turn = ++asked;
  const values = chosen();
  try {
    const found = await api("/documents?" + new URLSearchParams(values));
    if (turn !== asked) return; // a newer question is on its way
    shown = found.documents;
    byId("documents").replaceChildren();
    byId("count").textContent = shown.length ? `${found.total} 份` : "没有符合条件的文件。可以放宽条件，或导入原文。";
    more(values.as_of);
  } catch (error) {
    if (turn !== asked) return;
    shown = [];
    byId("documents").replaceChildren();
    byId("more").hidden = true;
    byId("count").textContent = error.message;
  }
}

function more(asOf) {
  const list = byId("documents");
  const start = list.children.length;
  list.append(...shown.slice(start, start + AT_ONCE).map((one) => row(one, asOf)));
  const left = shown.length - list.children.length;
  byId("more").hidden = left <= 0;
  byId("more").textContent = `再看 ${Math.min(left, AT_ONCE)} 份（还有 ${left} 份）`;
}

function row(one, asOf) {
  const signed = one.signed || one.in_force_from;
  const holds = [one.original ? "有原文" : "", one.clauses ? `摘要 ${one.clauses} 条` : ""].filter(Boolean).join(" · ");
  return el("li", {},
    el("a", { href: address({ id: one.id, as_of: asOf }), "data-go": "document" },
      el("span", { class: "row-title" }, one.title),
      el("span", { class: "row-meta" },
        badge(one.validity, one.validity_label),
        el("span", {}, one.place || "地区不明"),
        el("span", {}, one.number || "未印文号"),
        el("span", {}, signed ? day(signed) : "日期不明"),
        el("span", { class: "holds" }, holds || "只有目录"))));
}

function changed(replace) {
  history[replace ? "replaceState" : "pushState"](null, "", address(chosen()));
  refresh();
}

let typing = 0;
form.elements.q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => changed(true), 250);
});
form.addEventListener("change", (event) => event.target.name !== "q" && changed(false));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => changed(false)));
byId("more").addEventListener("click", () => more(chosen().as_of));
