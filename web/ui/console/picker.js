// Clauses to cite: found by search in the right place, on the right day, shown as chips.
import { api, el } from "./dom.js";
import { marked, onTyped } from "./words.js";

const MOST = 20;

// Chips of what is cited and a search to cite more. `of` has place and, maybe, as_of; `first` is a list of {ref, name};
// `changed(clauses)` hears of every change; `insert(words)` takes a sentence into the text, where there is one.
export function citing(of, first, changed = () => {}, insert = null) {
  let clauses = first;
  const chips = el("ul", { class: "chips", "aria-label": "引用的条款" });
  const use = (now) => {
    clauses = now;
    show();
    changed(clauses);
  };
  const show = () => chips.replaceChildren(...clauses.map((one) => el("li", { class: "chip plain" }, one.name,
    el("button", { type: "button", class: "chip-drop", "aria-label": `不引用${one.name}`, onclick: () => use(clauses.filter((other) => other !== one)) }, "×"))));
  const cite = (one) => use([...clauses.filter((other) => other.ref !== one.ref), one].slice(-MOST));
  show();
  return { chips, search: picker(of, cite, insert), refs: () => clauses.map((one) => one.ref) };
}

function picker(of, cite, insert) {
  const field = el("input", { type: "search", maxlength: "100", placeholder: "找要引用的条款", "aria-label": "找要引用的条款" });
  const list = el("ul", { class: "picker" });
  let running = null;

  async function search() {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    if (!field.value.trim()) return list.replaceChildren();
    const query = { q: field.value.trim(), place: of.place, limit: 6, ...(of.as_of ? { as_of: of.as_of } : {}) };
    try {
      const found = await api("/desk/search?" + new URLSearchParams(query), { signal });
      if (signal.aborted) return;
      const clauses = found.hits.filter((hit) => hit.ref.includes("#"));
      list.replaceChildren(...(clauses.length ? clauses.map(line) : [el("li", { class: "muted" }, "没有找到能引用的条款。")]));
    } catch (error) {
      if (error.name !== "AbortError") list.replaceChildren(el("li", { class: "muted" }, error.message));
    }
  }

  function line(hit) {
    const one = { ref: hit.ref, name: `${hit.title}${hit.label}` };
    const both = () => {
      insert(hit.answer);
      cite(one);
    };
    return el("li", {}, el("p", {}, el("strong", {}, `${one.name} `), hit.heading), el("p", { class: "muted" }, marked(hit.answer, hit.marks.answer)),
      el("div", { class: "buttons" }, el("button", { type: "button", class: "quiet", onclick: () => cite(one) }, "引用"),
        insert ? el("button", { type: "button", class: "quiet", onclick: both }, "引用并放进答复") : ""));
  }

  onTyped(field, search, 150);
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  return el("div", { class: "stack" }, field, list);
}
