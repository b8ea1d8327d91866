// What of the collection needs a look; for specialists and trainers also what people asked in vain.
import { go } from "./main.js";
import { address, api, byId, day, el, named } from "./shared.js";

const FIRST = 5;
const form = byId("care-form");
let asked = 0;

export async function showCare(query) {
  document.title = "要留意的 · 条理";
  for (const field of form.elements) field.value = query.get(field.name) ?? "";
  const turn = ++asked;
  byId("care-said").textContent = "正在打开……";
  try {
    const found = await api("/documents/care?" + new URLSearchParams(chosen()));
    if (turn !== asked) return;
    const some = found.groups.filter((group) => group.items.length);
    byId("care-said").textContent = some.length ? some.map((group) => `${group.label} ${group.items.length}`).join("，") + "。" : "没有要留意的。";
    byId("care-found").replaceChildren(...some.map(group));
  } catch (error) {
    if (turn !== asked) return;
    byId("care-found").replaceChildren();
    byId("care-said").textContent = error.message;
  }
  if (byId("care-questions")) questions(turn);
}

const chosen = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
form.addEventListener("change", () => go(address({ view: "care", ...chosen() })));
form.addEventListener("submit", (event) => event.preventDefault());

function group({ kind, label, about, items }) {
  return el("section", { class: `care care-${kind}` }, el("h2", {}, label, " ", el("span", { class: "muted" }, String(items.length))), el("p", { class: "muted" }, about), list(items, item));
}

// The first few, and the rest to open.
function list(items, made) {
  const rest = items.slice(FIRST);
  return [
    el("ul", { class: "plain rows" }, items.slice(0, FIRST).map(made)),
    rest.length ? el("details", {}, el("summary", {}, `还有 ${rest.length} 条`), el("ul", { class: "plain rows" }, rest.map(made))) : "",
  ];
}

function item({ document: of, eid, clause, day: when, why }) {
  return el("li", {}, el("p", {}, named(of), eid ? [" ", el("a", { href: address({ id: of.id, eid }), "data-go": "clause" }, clause)] : ""),
    el("p", { class: "muted" }, [of.place, eid && when ? day(when) : "", why].filter(Boolean).join(" · ")));
}

async function questions(turn) {
  const [open, stale] = [byId("care-questions"), byId("care-curated")].map((section) => section.querySelector("div"));
  try {
    const found = await api("/documents/care/questions");
    if (turn !== asked) return;
    open.replaceChildren(el("p", { class: "muted" }, `最近 ${found.days} 天问了没有找到依据的，按问法数；个人信息和企业名已经隐去。`), ...(found.unanswered.length ? list(found.unanswered, question) : [el("p", {}, "没有。")]));
    stale.replaceChildren(...(found.curated.length ? list(found.curated, curated) : [el("p", {}, "没有，复核过的都还能用。")]));
  } catch (error) {
    if (turn !== asked) return;
    open.replaceChildren(el("p", { class: "trouble" }, error.message));
    stale.replaceChildren();
  }
}

const question = (one) => el("li", {}, el("p", {}, one.question, " ", el("span", { class: "badge" }, `${one.times} 次`)),
  el("p", { class: "muted" }, [one.places.join("、"), one.why.join("；"), `最近 ${day(one.last)}`].filter(Boolean).join(" · ")));

const curated = (one) => el("li", {}, el("p", {}, one.question),
  el("p", { class: "muted" }, [one.place, one.reviewed_on ? `${one.reviewer_name} ${day(one.reviewed_on)}复核` : ""].filter(Boolean).join(" · ")),
  el("ul", { class: "plain" }, one.faults.map((fault) => el("li", { class: "doubt" }, fault.why))));
