// Two documents clause by clause: what was added, removed, changed; marked by signs and words besides colours.
import { go } from "./main.js";
import { address, api, byId, day, el, named } from "./shared.js";

const form = byId("changes-form");
const said = byId("changes-said");
const KINDS = ["changed", "added", "removed", "same"];
const SIGNS = { added: "后来的", removed: "先前的" };
let asked = 0;
let filled = null;

export async function showChanges(query) {
  document.title = "版本对照 · 条理";
  const turn = ++asked;
  byId("changes-found").replaceChildren();
  said.textContent = "正在打开……";
  try {
    await (filled ??= fill());
    const [earlier, later] = [query.get("earlier") || "", query.get("later") || ""];
    choose(earlier, later);
    if (!earlier || !later) {
      said.textContent = "选好两份文件，下面就列出每一条的变化。";
      return;
    }
    said.textContent = "正在对照……";
    const found = await api("/documents/changes?" + new URLSearchParams({ earlier, later }));
    if (turn === asked) draw(found);
  } catch (error) {
    filled = byId("changes-form").elements.earlier.options.length ? filled : null;
    if (turn === asked) said.textContent = error.message;
  }
}

async function fill() {
  const [{ versions }, { documents }] = await Promise.all([api("/documents/versions"), api("/documents")]);
  const { pair, earlier, later } = form.elements;
  const both = versions.filter((one) => one.earlier.wording !== "none" && one.later.wording !== "none");
  const option = (one) => el("option", { value: [one.earlier.id, one.later.id].join(" ") }, `${one.earlier.short_title} → ${one.later.short_title}`);
  pair.append(...unique(both).map(option));
  for (const field of [earlier, later]) {
    const places = new Map();
    for (const one of documents.filter((other) => other.clauses || other.original)) places.set(one.place, [...(places.get(one.place) || []), one]);
    field.replaceChildren(el("option", { value: "" }, "请选"), ...[...places].map(([place, found]) =>
      el("optgroup", { label: place || "地区不明" }, found.map((one) => el("option", { value: one.id }, one.short_title || one.title)))));
  }
}

const unique = (found) => [...new Map(found.map((one) => [one.earlier.id + one.later.id, one])).values()];

function choose(earlier, later) {
  form.elements.pair.value = [earlier, later].join(" ");
  if (form.elements.pair.selectedIndex < 0) form.elements.pair.value = "";
  for (const [name, id] of [["earlier", earlier], ["later", later]]) form.elements[name].value = id;
}

form.addEventListener("change", ({ target }) => {
  const { pair, earlier, later } = form.elements;
  const [one, other] = target === pair ? pair.value.split(" ") : [earlier.value, later.value];
  go(address({ view: "changes", earlier: one, later: other }));
});
form.addEventListener("submit", (event) => event.preventDefault());

function draw(found) {
  const { counts, labels, earlier, later } = found;
  if (found.why_not) {
    said.textContent = found.why_not;
    byId("changes-found").replaceChildren(el("p", {}, named(earlier), " → ", named(later)), relations(found.relations));
    return;
  }
  said.textContent = `${KINDS.map((kind) => `${labels[kind]} ${counts[kind]} 条`).join("，")}。${found.basis}`;
  const differing = found.changes.filter((one) => one.kind !== "same");
  byId("changes-found").replaceChildren(
    el("p", {}, named(earlier), " → ", named(later)), relations(found.relations), kinds(found),
    differing.length ? el("ol", { class: "plain differences" }, differing.map((one) => difference(one, found))) : el("p", {}, "两份的每一条都一样。"),
  );
}

const relations = (found) => el("ul", { class: "plain muted" }, found.map((one) =>
  el("li", {}, `${one.since ? day(one.since) + "起，" : ""}《${one.later.title}》${one.label}${one.whole ? "" : "一部分"}：${one.scope}`)));

// Boxes to leave a kind out; what is left out stays in the page, hidden.
function kinds({ labels, counts }) {
  const box = (kind) => {
    const input = el("input", { type: "checkbox", checked: true, onchange: () => {
      for (const one of document.querySelectorAll(`.differences > .is-${kind}`)) one.hidden = !input.checked;
    } });
    return el("label", {}, input, ` ${labels[kind]}（${counts[kind]}）`);
  };
  return el("fieldset", { class: "kinds" }, el("legend", { class: "unseen" }, "看哪些变化"), KINDS.slice(0, 3).map(box));
}

function difference(one, found) {
  const where = (side, of) => (side ? el("a", { href: address({ id: of.id, eid: side.eid }), "data-go": "clause" }, side.label) : "");
  const sides = [where(one.earlier, found.earlier), where(one.later, found.later)].filter(Boolean);
  const heading = (one.later || one.earlier).heading;
  return el("li", { class: `difference is-${one.kind}` },
    el("h2", {}, el("span", { class: `badge kind-${one.kind}` }, one.label), " ", sides[0], sides[1] ? [" → ", sides[1]] : "", heading ? el("span", { class: "heading" }, ` ${heading}`) : ""),
    one.note ? el("p", { class: "doubt" }, `目录里记下的：${one.note}`) : "",
    one.kind === "changed" ? el("div", { class: "beside" }, side("先前", one.pieces, "removed"), side("后来", one.pieces, "added")) : side("", one.pieces, one.kind));
}

function side(title, pieces, kind) {
  const kept = pieces.filter((piece) => piece.kind === "same" || piece.kind === kind);
  return el("div", {}, title ? el("p", { class: "kind" }, title) : "",
    el("p", { class: "words" }, kept.map((piece) => (piece.kind === "same" ? piece.text : mark(piece, Boolean(title))))));
}

// A run that only one side has: struck out or underlined, and said by a screen reader.
function mark(piece, short) {
  if (!short) return piece.text;
  return el(piece.kind === "removed" ? "del" : "ins", {}, el("span", { class: "unseen" }, `〔${SIGNS[piece.kind]}：`), piece.text, el("span", { class: "unseen" }, "〕"));
}
