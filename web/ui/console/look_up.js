// Search as one types. Typing never waits: a question is asked a moment after the last sign, an older one is given up, and
// an answer that comes late is dropped. The field keeps the focus; the list is moved through from there.
import { api, byId, el } from "./dom.js";
import { state } from "./call.js";
import { openLine, preview } from "./clause.js";
import { badge, marked, onTyped } from "./words.js";

const PAUSE = 90;
const field = byId("q");
const list = byId("results");
const NAMES = { topic: "专题", gap: "文件里没有", document: "文件" };
let lines = [];
let active = -1;
let moved = false; // by the person, who then keeps the line while it is found
let running = null;

async function search() {
  running?.abort();
  const q = field.value.trim();
  if (!q) {
    moved = false;
    return put([], "");
  }
  running = new AbortController();
  const { signal } = running;
  try {
    const { place, as_of } = state.draft;
    const found = await api("/desk/search?" + new URLSearchParams({ q, place, ...(as_of ? { as_of } : {}) }), { signal });
    if (signal.aborted) return;
    put(found.hits, said(found));
    byId("found").classList.toggle("far", !found.near && found.hits.length > 0);
  } catch (error) {
    if (error.name === "AbortError") return;
    byId("found").textContent = error.status === 401 ? "请先重新登录，再接着找。" : error.message;
  }
}

function said({ hits, near }) {
  if (!hits.length) return "这里、这一天没有找到。换个说法，或换地区、日期试试。";
  return near ? `${hits.length} 条` : "没有正好答得上的条款，下面只是沾边的，念之前请看清条文。";
}

function put(hits, words) {
  const before = lines[active]?.ref;
  lines = hits;
  byId("found").textContent = words;
  byId("found").classList.remove("far");
  byId("tips").hidden = Boolean(field.value.trim()) || !byId("clause").hidden;
  list.hidden = !hits.length;
  field.setAttribute("aria-expanded", String(hits.length > 0));
  list.replaceChildren(...hits.map(line));
  const again = moved ? hits.findIndex((hit) => hit.ref === before) : -1;
  moved = again >= 0;
  choose(again >= 0 ? again : hits.length ? 0 : -1);
  if (!hits.length && field.value.trim()) preview(null);
}

function line(hit, n) {
  const head = hit.kind === "clause" ? [el("span", { class: "label" }, hit.label), " "] : [el("span", { class: "tag" }, NAMES[hit.kind]), " "];
  const title = hit.kind === "topic" ? "" : el("span", { class: "of" }, marked(hit.title, hit.marks.title));
  return el("li", { id: `line-${n}`, role: "option", class: `line line-${hit.kind}`, "aria-selected": "false", onclick: () => pick(n) },
    el("p", { class: "line-head" }, head, el("strong", {}, marked(hit.heading, hit.marks.heading)), title,
      hit.place && hit.place !== "国家" ? el("span", { class: "of" }, hit.place) : "",
      hit.validity ? badge(hit.validity, hit.validity_label) : ""),
    el("p", { class: "line-answer" }, marked(hit.answer, hit.marks.answer)));
}

function choose(n) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = n;
  const chosen = list.children[n];
  if (!chosen) return field.removeAttribute("aria-activedescendant");
  preview(lines[n], field.value.trim());
  chosen.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", chosen.id);
  const top = chosen.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + chosen.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + chosen.offsetHeight - list.clientHeight;
}

function pick(n) {
  choose(n);
  if (lines[n]) openLine(lines[n], field.value.trim());
}

onTyped(field, search, PAUSE);
field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    moved = true;
    if (lines.length) choose((active + (event.key === "ArrowDown" ? 1 : lines.length - 1)) % lines.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (lines.length) pick(Math.max(active, 0));
    else search();
  } else if (event.key === "Escape" && field.value) {
    event.preventDefault();
    field.value = "";
    search();
  }
});
document.addEventListener("where-changed", search);
document.addEventListener("signed-in", search);
