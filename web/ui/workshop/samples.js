// Sample companies: one is made, then worked through; several can be collected for a handout.
import { api, byId, el } from "./dom.js";
import { collect, collected, showCollected } from "./collected.js";
import { button, fill, keep, once } from "./parts.js";
import { options, standards } from "./standards.js";
import { work } from "./steps.js";

const form = byId("sample-form");
const box = byId("sample");
let ready = false;
let shown = "";
let turn = 0;
let last = null; // the address of what is shown

export async function show({ asked }) {
  showCollected(open);
  try {
    if (!ready) await prepare();
    const company = asked.get("company");
    if (company && company !== shown) await open(company, asked.get("said") ?? "");
    else if (last) keep("samples", last);
  } catch (error) {
    fill(box, el("p", { class: "trouble", role: "alert" }, error.message));
  }
}

async function prepare() {
  form.elements.standard.replaceChildren(...options(await standards()));
  await kinds();
  ready = true;
}

// Which kinds come out depends on the standard and the place.
async function kinds() {
  const mine = ++turn;
  const { standard, place, kind } = form.elements;
  const found = await api("/workshop/samples/kinds?" + new URLSearchParams({ standard: standard.value, place: place.value }));
  if (mine !== turn) return;
  const before = kind.value;
  kind.replaceChildren(...found.kinds.map((one) => el("option", { value: one.id, selected: one.id === before }, one.label)));
}

async function another() {
  const { standard, kind, place } = form.elements;
  const found = await api("/workshop/samples", { json: { standard: standard.value, kind: kind.value, place: place.value } });
  await render(found, "");
  box.focus();
}

// The form then says what was asked for.
async function open(id, said = "") {
  const company = await api("/workshop/samples/" + encodeURIComponent(id));
  const { standard, place, kind } = form.elements;
  [standard.value, place.value] = [company.standard, company.place];
  await kinds();
  kind.value = company.kind;
  await render(company, said);
}

// `said` are the guesses so far, one sign each: what was worked through stays after a reload.
async function render(company, said) {
  const whole = await api(`/workshop/samples/${encodeURIComponent(company.id)}/steps?upto=${company.steps}`);
  shown = company.id;
  const note = (guesses) => {
    last = new URLSearchParams({ company: company.id, ...(guesses ? { said: guesses } : {}) });
    keep("samples", last);
  };
  note(said);
  const way = el("section", { class: "way", "aria-label": "逐项判断" });
  fill(box,
    el("header", { class: "sample-head" }, el("h3", {}, company.name.replace("（虚构）", "")), el("span", { class: "badge badge-made" }, "虚构"),
      el("p", { class: "muted" }, `${company.place}，${company.trade}，${company.track === "review" ? "到期复核" : "首次申报"}${company.title}。按${company.standard_name}。`)),
    el("div", { class: "buttons no-print" }, button("换一家", (event) => once(event.currentTarget, another)), keeper(company)),
    el("div", { class: "sample-body" },
      el("section", { class: "facts", "aria-labelledby": "facts-title" }, el("h4", { id: "facts-title" }, "企业情况"), facts(company.facts)), way));
  work(way, company.facts, whole, said, note);
}

const facts = (list) => el("dl", { class: "fact-list" }, list.map((one) => el("div", {}, el("dt", {}, one.label), el("dd", {}, one.value))));

function keeper(company) {
  const made = button("", () => {
    collect(company);
    label();
    showCollected(open);
  });
  const label = () => {
    const on = collected().some((one) => one.id === company.id);
    made.textContent = on ? "从讲义里拿掉" : "收进讲义";
    made.setAttribute("aria-pressed", String(on));
  };
  document.addEventListener("collected", label);
  label();
  return made;
}

form.addEventListener("change", (event) => event.target.name !== "kind" && kinds().catch((error) => fill(box, el("p", { class: "trouble", role: "alert" }, error.message))));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  once(event.submitter, another);
});
