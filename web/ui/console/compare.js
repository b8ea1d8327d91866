// Two clauses beside each other: another clause, another place, another day.
import { api, byId, day, el } from "./dom.js";
import { state, today } from "./call.js";
import { badge, onTyped } from "./words.js";

const dialog = byId("compare");
const form = byId("compare-with");
const fields = form.elements;
let left = null;
let asked = 0;
let note = ""; // where the right side comes from, if not from the place that was asked for

fields.place.append(...[...byId("where").elements.place.children].map((one) => one.cloneNode(true)));

// Open the view with `ref` on the left; `beside` are the clauses offered for the right.
export function compareWith({ ref, name, beside, q }) {
  left = { ref, name };
  fields.left_as_of.value = fields.right_as_of.value = state.draft.as_of || today;
  fields.place.value = state.draft.place;
  fields.q.value = "";
  fields.q.placeholder = q;
  note = "";
  offer(beside.map((one) => [one.ref, `${one.title}${one.clause} ${one.heading}`]));
  dialog.showModal();
  lay();
}

function offer(choices) {
  const same = [left.ref, `同一条（换个日期）`];
  fields.right.replaceChildren(...[...choices.filter(([ref]) => ref !== left.ref), same].map(([value, text]) => el("option", { value }, text)));
}

async function lay() {
  const turn = ++asked;
  byId("compare-said").textContent = "正在对照……";
  try {
    const query = { left: left.ref, right: fields.right.value, left_as_of: fields.left_as_of.value, right_as_of: fields.right_as_of.value };
    const found = await api("/desk/compare?" + new URLSearchParams(query));
    if (turn !== asked) return;
    const how = found.by_figures ? "两边说法差得多，只标出数字上的不同" : "不同的地方已标出";
    byId("compare-said").textContent = [note, `${found.kinds}对${found.kinds}，${how}。`, ...found.differences].filter(Boolean).join(" ");
    byId("compare-sides").replaceChildren(side("左边", found.left), side("右边", found.right));
  } catch (error) {
    if (turn === asked) byId("compare-said").textContent = error.message;
  }
}

function side(name, one) {
  const { clause } = one;
  return el("section", { class: "side", "aria-label": name },
    el("h3", {}, `${one.short_title}${clause.clause} ${clause.heading}`),
    el("p", { class: "muted" }, `${day(one.as_of)}　`, badge(clause.validity, clause.validity_label), ` ${clause.validity_note}`),
    el("p", { class: "words" }, one.pieces.map((piece) => (piece.kind === "same" ? piece.text : el("mark", { class: piece.kind }, piece.text)))));
}

// The same question in the other place, on the other day.
async function search() {
  const q = fields.q.value.trim() || fields.q.placeholder;
  const query = { q, place: fields.place.value, as_of: fields.right_as_of.value, limit: 20 };
  const turn = ++asked;
  try {
    const found = await api("/desk/search?" + new URLSearchParams(query));
    if (turn !== asked) return;
    const clauses = found.hits.filter((hit) => hit.ref.includes("#") && hit.ref !== left.ref);
    const own = clauses.filter((hit) => hit.place === query.place);
    offer([...own, ...clauses.filter((hit) => !own.includes(hit))].map((hit) => [hit.ref, `${hit.title}${hit.label} ${hit.heading}`]));
    note = own.length ? "" : `${query.place}那一天没有找到自己的规定，放的是适用那里的其他规定。`;
    if (clauses.length) lay();
    else byId("compare-said").textContent = "那里、那一天没有找到能对照的。";
  } catch (error) {
    if (turn === asked) byId("compare-said").textContent = error.message;
  }
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  if (event.target.name === "place" || (event.target.name === "right_as_of" && (note || fields.q.value.trim() || fields.place.value !== state.draft.place))) search();
  else if (event.target.name !== "q") lay();
});
onTyped(fields.q, search);
