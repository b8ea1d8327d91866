// The size classes of two or three trades side by side.
import { api, byId, el } from "./dom.js";
import { fill, say } from "./parts.js";

const part = byId("sizes");
const form = byId("sizes-form");
const box = byId("sized");
const fields = [...form.querySelectorAll("[name=trade]")];
let started = false;

// Nothing is asked for before the part is opened.
export function startSizes() {
  part.addEventListener("toggle", open);
  form.addEventListener("change", run);
}

async function open() {
  if (started || !part.open) return;
  started = true;
  try {
    const { trades } = await api("/workshop/choices");
    for (const [n, field] of fields.entries()) field.replaceChildren(...(n === 2 ? [el("option", { value: "" }, "不选")] : []), ...trades.map((name, at) => el("option", { selected: n < 2 && at === n }, name)));
    await run();
  } catch (error) {
    started = false;
    say(error.message, "bad");
  }
}

async function run() {
  const chosen = [...new Set(fields.map((field) => field.value).filter(Boolean))];
  try {
    const found = await api("/workshop/sizes?" + new URLSearchParams(chosen.map((name) => ["trade", name])));
    const heads = found.trades.map((name, n) => [name, found.clauses[n]].filter(Boolean).join(" "));
    fill(box, el("p", { class: "muted" }, found.name),
      el("div", { class: "table-box" }, el("table", { class: "plain" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "档次和指标"), heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, found.rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.label), row.cells.map((cell) => el("td", {}, cell || "不看"))))))),
      el("ul", { class: "notes" }, found.notes.map((note) => el("li", {}, note))));
  } catch (error) {
    fill(box, el("p", { class: "trouble", role: "alert" }, error.message));
  }
}
