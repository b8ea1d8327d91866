// The chosen clause: the sentence to read out, large; what else can be read; digest and wording; what to lay beside it.
import { api, byId, el } from "./dom.js";
import { change, state } from "./call.js";
import { compareWith } from "./compare.js";
import { badge, copy, fill, say } from "./words.js";

const REST = 250;
const box = byId("clause");
let asked = 0;
let resting = 0;
let shown = null; // { ref, source, read, copied }

// Show what a line of the list reads, at once; the rest follows when the choice rests on it. Nothing where there is no line.
export function preview(hit, q) {
  if (hit && shown?.ref === hit.ref && shown.read === hit.read) return;
  clearTimeout(resting);
  const turn = ++asked;
  if (!hit) {
    shown = null;
    box.hidden = true;
    return;
  }
  show(hit);
  if (hit.kind === "gap" || (!hit.ref.includes("#") && !hit.ref.startsWith("topic:"))) return;
  resting = setTimeout(() => follow(hit, q, turn), REST);
}

async function follow(hit, q, turn) {
  try {
    const found = await ask(hit.ref);
    if (turn === asked) details(hit, found, q);
  } catch (error) {
    if (turn === asked) byId("more").replaceChildren(el("p", { class: "trouble" }, error.message));
  }
}

// Go to the clause that a line shows.
export function openLine(hit, q) {
  preview(hit, q);
  document.dispatchEvent(new CustomEvent("pane", { detail: "look-up" }));
  box.focus();
}

const ask = (ref) => api("/desk/clause?" + new URLSearchParams({ ref, place: state.draft.place, ...(state.draft.as_of ? { as_of: state.draft.as_of } : {}) }));

function show(hit) {
  shown = { ref: hit.ref, source: hit.source, read: hit.read, copied: hit.copied };
  byId("tips").hidden = true;
  box.hidden = false;
  box.replaceChildren(
    el("header", { class: "clause-head" },
      el("h3", {}, [hit.label, hit.heading].filter(Boolean).join(" ") || hit.title),
      el("p", { class: "muted" }, [hit.kind === "document" ? "" : hit.title, hit.number, hit.place].filter(Boolean).join(" · "), " ",
        hit.validity ? badge(hit.validity, hit.validity_label) : "", hit.validity_note ? ` ${hit.validity_note}` : "")),
    readBox(),
    el("div", { id: "more", class: "more" }),
  );
}

function readBox() {
  return el("div", { class: "read" },
    el("p", { id: "read-text", class: "read-text" }, shown.read),
    el("div", { class: "buttons" },
      el("button", { type: "button", class: "main", onclick: copyRead, "aria-keyshortcuts": "c" }, "复制（C）"),
      shown.ref.startsWith("gap:") ? "" : el("button", { type: "button", class: "quiet", onclick: note, "aria-keyshortcuts": "r" }, "念过了，记下（R）"),
      el("button", { type: "button", class: "quiet", id: "to-compare", hidden: true }, "并排对照")));
}

// Copy what is read out, with its citation, and note that it was told.
export async function copyRead() {
  if (!shown) return say("先打开一条，再复制。", "bad");
  if (!(await copy(shown.copied))) return say("浏览器不让复制，请选中文字自己复制。", "bad");
  if (!shown.ref.startsWith("gap:")) add();
  say("已复制，也记在“告知的条款”里了。");
}

export function note() {
  if (!shown || shown.ref.startsWith("gap:")) return say("先打开一条，再记下。", "bad");
  add();
  say("已记在“告知的条款”里。");
}

function add() {
  const one = { ref: shown.ref, source: shown.source, read: shown.read };
  const others = state.draft.shown.filter((other) => other.ref !== one.ref);
  change({ shown: [...others, one].slice(-100) });
  document.dispatchEvent(new CustomEvent("shown-changed"));
}

function details(hit, found, q) {
  const others = found.read_outs.filter((one) => one.text !== shown.read);
  const compare = byId("to-compare");
  if (found.clause) {
    compare.hidden = false;
    compare.onclick = () => compareWith({ ref: found.ref, name: `${hit.title}${hit.label}`, beside: found.beside, q: q || hit.heading });
  }
  fill(byId("more"),
    others.length ? el("details", { class: "others" }, el("summary", {}, `这一条还能答 ${others.length} 个问题`), el("ul", {}, others.map(other))) : "",
    found.clause ? texts(found.clause) : el("div", { class: "texts" }, found.clauses.map((one) => texts(one, true))),
    found.beside.length ? el("div", { class: "beside-list" }, el("h4", {}, "一起看"), el("ul", {}, found.beside.map(beside))) : "",
    found.clause ? el("p", {}, el("a", { href: documentAt(found.clause), target: "_blank" }, "在文件页看全文（新标签页）")) : "",
  );
}

function other(one) {
  return el("li", {}, el("button", { type: "button", class: "other", onclick: () => readInstead(one) },
    el("span", { class: "muted" }, one.question || "照摘要念"), el("span", {}, one.answer)));
}

function readInstead(one) {
  shown = { ...shown, read: one.text, copied: one.copied };
  byId("read-text").textContent = one.text;
  byId("read-text").scrollIntoView({ block: "nearest" });
  say("换成这一句了。");
}

function texts(clause, headed = false) {
  const wording = clause.text_kind === "original";
  return el("div", { class: "texts" },
    headed ? el("h4", {}, `${clause.document_title}${clause.clause}`) : "",
    wording ? part("原文", clause.text, !headed) : "",
    clause.digest ? part("摘要（条理整理，非原文）", clause.digest, !wording || headed) : "");
}

const part = (name, text, open) => el("details", { open }, el("summary", {}, name), el("div", { class: "words" }, text.split("\n").map((line) => el("p", {}, line))));

function beside(one) {
  const hit = { kind: "clause", ref: one.ref, title: one.title, label: one.clause, heading: one.heading };
  return el("li", {}, el("button", { type: "button", class: "link", onclick: () => openRef(hit) }, `${one.title}${one.clause}`), `：${one.why}`);
}

// Show a clause that is known by its reference alone.
export async function openRef(hit) {
  try {
    const found = await ask(hit.ref);
    const info = found.clause;
    const read = found.read_outs[0];
    const whole = { kind: info ? "clause" : "topic", ref: hit.ref, title: hit.title || found.title, label: info?.clause || "", heading: info?.heading || found.title };
    Object.assign(whole, { number: info?.number, place: info?.place, source: found.source, read: read.text, copied: read.copied });
    Object.assign(whole, { validity: info?.validity, validity_label: info?.validity_label, validity_note: info?.validity_note });
    clearTimeout(resting);
    asked += 1;
    show(whole);
    details(whole, found, "");
    box.focus();
    document.dispatchEvent(new CustomEvent("pane", { detail: "look-up" }));
  } catch (error) {
    say(error.message, "bad");
  }
}

function documentAt({ document: id, eid }) {
  return "/documents?" + new URLSearchParams({ id, eid, ...(state.draft.as_of ? { as_of: state.draft.as_of } : {}) });
}
