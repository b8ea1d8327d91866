// The panel 企业情况 beside the conversation (on a phone: a sheet), and the line above the input that says how far it is.
import { byId, el } from "./dom.js";
import { edit, facts, factsTrouble } from "./facts.js";
import { chooser, forget, form, row } from "./form.js";
import { profile, upToDate } from "./profile.js";
import { on, say } from "./state.js";

const wide = window.matchMedia("(min-width: 1180px)");
const side = byId("tl-side"), body = byId("tl-side-body"), page = byId("tl-page");
let opener = null;

export function openSide({ key = "", part = "", focus = true, from = null } = {}) {
  opener = from ?? opener;
  if (key) edit(key);
  draw();
  if (!side.open) {
    if (wide.matches) side.show();
    else side.showModal();
  }
  page.classList.toggle("tl-with-side", wide.matches);
  const editor = key ? side.querySelector(".tl-editor :is(input, select)") : null;
  if (focus) (editor ?? byId("tl-side-title")).focus({ preventScroll: true });
  reach(editor ?? (part ? byId(`tl-part-${part}`) : null), editor ? side.clientHeight / 3 : 52);
}

// Scrolls the panel, and nothing else, until `one` stands `below` its top.
function reach(one, below) {
  side.scrollTop = one ? side.scrollTop + one.getBoundingClientRect().top - side.getBoundingClientRect().top - below : 0;
}

export const closeSide = () => side.open && side.close();
export const toggleSide = (from) => (side.open ? closeSide() : openSide({ from }));

function draw() {
  const { check, checkup, more, dates, facts: list } = profile();
  const count = byId("tl-facts-count");
  count.textContent = `${list.length} 项`;
  count.hidden = !list.length;
  now();
  outdated();
  const held = document.activeElement?.closest?.("#tl-side") ? document.activeElement : null;
  const typing = held?.tagName === "INPUT" && held.value !== held.defaultValue;
  const at = held && { key: held.dataset.key ?? "", id: held.id, chip: held.dataset.chip ?? "", typed: typing ? held.value : null };
  const open = new Set([...body.querySelectorAll("details[open]")].map((one) => one.dataset.name));
  const trouble = factsTrouble();
  body.replaceChildren(
    section("facts", `记下的情况${list.length ? `（${list.length} 项）` : ""}`, [trouble ? el("p", { class: "tl-wrong", role: "alert" }, trouble) : "", ...facts(draw)]),
    section("check", "资格预检", [chooser(), ...form()]),
    dates.length ? section("dates", "称号的期限", [...dates.filter((one) => one.open).map(row), el("div", { class: "tl-cards", "data-cards": "duties", "data-key": `side-${profile().version}` })]) : "",
    checkup && !check && more.length ? section("more", "政策体检还要了解", more.map(row)) : "",
  );
  body.querySelectorAll("details.tl-more").forEach((one, n) => {
    one.dataset.name = `${one.closest(".tl-group, section")?.getAttribute("aria-label") ?? ""}-${n}`;
    one.open = open.has(one.dataset.name);
  });
  if (at) again(at);
  say("drawn");
}

// What the person was on when everything was drawn anew: the same control, with what was being typed.
function again({ key, id, chip, typed }) {
  const find = chip ? `[data-chip="${CSS.escape(chip)}"]` : key ? `[data-key="${CSS.escape(key)}"]` : id ? "#" + CSS.escape(id) : "";
  const one = find ? side.querySelector(find) : null;
  if (one && typed !== null) one.value = typed;
  (one ?? byId("tl-side-title")).focus({ preventScroll: true });
  if (one?.getAttribute("aria-invalid")) one.closest(".tl-row, .tl-known")?.scrollIntoView({ block: "nearest" });
}

function section(name, title, nodes) {
  return el("section", { class: "tl-side-part", id: `tl-part-${name}`, "aria-label": title }, el("h3", { class: "tl-side-name" }, title), nodes);
}

// Where the facts have changed since the newest verdict of the conversation, a line in it says how it stands now.
function outdated() {
  const { check } = profile();
  const last = [...page.querySelectorAll("gradio-app .tl-verdict")].at(-1);
  if (!last || !upToDate()) return;
  const same = (outcome) => last.querySelectorAll(`tr.tl-${outcome}`).length === check.groups.filter(({ result }) => result.outcome === outcome).length;
  const about = check?.outcome && last.textContent.includes(check.name);
  const changed = about && !(last.classList.contains(`tl-verdict-${check.outcome}`) && same("unknown") && same("not_met"));
  const text = changed ? `这是改动以前的结论。现在：${check.progress}。` : "";
  const line = last.querySelector(".tl-outdated");
  if ((line?.textContent ?? "") === text) return;
  line?.remove();
  if (text) last.querySelector(".tl-banner").after(el("p", { class: "tl-outdated", role: "status" }, text));
}

// The line above the input.
function now() {
  const { check, checkup, facts: list } = profile();
  const line = byId("tl-now");
  line.hidden = !check && !(checkup && list.length);
  if (line.hidden) return line.replaceChildren();
  const text = check ? `${check.name}预检：${check.progress}` : `政策体检：已记 ${list.length} 项情况`;
  const said = line.querySelector("p")?.textContent;
  if (said === text) return undefined;
  return line.replaceChildren(el("p", { role: "status" }, text), el("button", { type: "button", class: "tl-link", "data-do": "form" }, "用表单填"));
}

export function start() {
  side.addEventListener("close", () => {
    if (side.open) return; // closed for a moment, to open in the other way
    page.classList.remove("tl-with-side");
    if (opener?.isConnected) opener.focus();
    opener = null;
  });
  side.addEventListener("click", (event) => event.target === side && side.close()); // the backdrop
  wide.addEventListener("change", () => {
    if (!side.open) return;
    side.close();
    openSide({ focus: false });
  });
  on("profile", draw);
  on("redraw", draw);
  on("shown", outdated);
  on("thread", forget);
  on("profile-trouble", (text) => (byId("tl-side-said").textContent = text));
  draw();
}
