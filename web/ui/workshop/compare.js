// Standards side by side: what is chosen, ready-made choices, and the table that comes of it.
import { api, byId, el } from "./dom.js";
import { table } from "./compare_table.js";
import { button, downloads, fill, keep, once } from "./parts.js";
import { issue, options, standards } from "./standards.js";
import { startProvinces } from "./provinces.js";
import { startSizes } from "./sizes.js";

const form = byId("compare-form");
const box = byId("compared");
const { here, today } = byId("workshop").dataset;
const pairs = [...form.querySelectorAll(".pair")].map((pair) => ({ standard: pair.querySelector("[name=standard]"), place: pair.querySelector("[name=place]") }));
let ready = null;
let turn = 0;
let last = null; // what the table shows

export async function show({ asked }) {
  try {
    ready ??= await prepare();
  } catch (error) {
    return fill(box, el("p", { class: "trouble" }, error.message), button("再试一次", () => show({ asked })));
  }
  const chosen = asked.getAll("standard");
  if (chosen.length < 2) return last ? keep("compare", last) : choose(ready[0].chosen);
  form.elements.track.value = asked.get("track") === "review" ? "review" : "first";
  form.elements.as_of.value = asked.get("as_of") || today;
  return choose(chosen);
}

async function prepare() {
  const found = await standards();
  for (const [n, { standard }] of pairs.entries()) standard.replaceChildren(...(n === 2 ? [el("option", { value: "" }, "不放")] : []), ...options(found));
  const made = presets(found);
  fill(byId("presets"), el("span", { class: "muted" }, "现成的："), made.map((one) => button(one.label, () => choose(one.chosen))));
  startSizes();
  startProvinces();
  return made;
}

// Every title with its versions one after the other, and one standard with local conditions in two places.
function presets(found) {
  const titles = [...new Set(found.map((one) => one.title))];
  const versions = titles.map((title) => found.filter((one) => one.title === title).sort((a, b) => (a.from_ ?? "").localeCompare(b.from_ ?? "")).slice(-3)).filter((list) => list.length > 1);
  const local = found.find((one) => one.in_force && one.places.includes(here));
  const elsewhere = [...pairs[0].place.options].map((one) => one.value).find((name) => !name.startsWith(here));
  return [
    ...versions.map((list) => ({ label: `${list[0].title}：${list.map(issue).join("、")}`, chosen: list.map((one) => `${one.id}@${here}`) })),
    ...(local && elsewhere ? [{ label: `${local.title}：${here}、${elsewhere}`, chosen: [`${local.id}@${here}`, `${local.id}@${elsewhere}`] }] : []),
  ];
}

function choose(chosen) {
  for (const [n, pair] of pairs.entries()) {
    const [id = "", place = here] = (chosen[n] ?? "").split("@");
    pair.standard.value = id;
    pair.place.value = place;
  }
  return run();
}

function query() {
  const made = new URLSearchParams();
  for (const { standard, place } of pairs) if (standard.value) made.append("standard", `${standard.value}@${place.value}`);
  made.set("track", form.elements.track.value);
  made.set("as_of", form.elements.as_of.value);
  return made;
}

async function run() {
  const asked = query();
  const mine = ++turn;
  if (new Set(asked.getAll("standard")).size < asked.getAll("standard").length) {
    return fill(box, el("p", { class: "trouble", role: "alert" }, "两份选得一模一样，请换一份标准，或换一个地区。"));
  }
  box.setAttribute("aria-busy", "true");
  if (!box.childElementCount) fill(box, el("p", { class: "muted" }, "正在对照……"));
  try {
    const found = await api("/workshop/compare?" + asked);
    if (mine !== turn) return undefined;
    last = asked;
    keep("compare", asked);
    fill(box, table(found, asked.get("as_of")), downloads("下载对照表", ["docx", "pdf", "xlsx", "pptx"], (format) => `/workshop/handouts/comparison?${asked}&format=${format}`),
      el("div", { class: "downloads no-print" }, button("打印这一页", () => window.print())));
  } catch (error) {
    if (mine === turn) fill(box, el("p", { class: "trouble", role: "alert" }, error.message));
  } finally {
    if (mine === turn) box.removeAttribute("aria-busy");
  }
  return undefined;
}

// On a telephone the fields give room to the table.
const narrow = window.matchMedia("(max-width: 760px)");
const fold = () => (byId("own").open = !narrow.matches);
narrow.addEventListener("change", fold);
fold();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  once(event.submitter, run);
});
