// The clause beside the conversation (on a phone: a sheet): from the answer's own citations, or fetched by its reference.
import { api, byId, el, day } from "./dom.js";
import { on } from "./state.js";

const wide = window.matchMedia("(min-width: 1180px)");
const page = byId("tl-page"), panel = byId("tl-panel");
const content = panel.querySelector(".tl-panel-content");
const KINDS = { original: "原文", digest: "摘要（条理整理，非原文）" };
let opener = null, asked = 0;

export function openClause(button) {
  const source = byId("tl-clause-" + button.dataset.cite);
  if (source) reveal(button, [...source.cloneNode(true).childNodes]);
}

export async function openReference(button) {
  const now = ++asked;
  reveal(button, [el("p", { class: "tl-wait" }, "正在取条文…")]);
  try {
    const found = await api("/clauses?ref=" + encodeURIComponent(button.dataset.ref));
    if (now === asked) content.replaceChildren(...clause(found));
  } catch (error) {
    if (now === asked) content.replaceChildren(el("p", { class: "tl-trouble" }, error.message));
  }
}

function clause(found) {
  const lines = (text) => el("div", { class: "tl-clause-text" }, text.split("\n").filter((line) => line.trim()).map((line) => el("p", {}, line)));
  const texts = [[found.text_kind, found.text], ...(found.text_kind === "original" ? [["digest", found.digest]] : [])];
  const status = el("span", {}, el("span", { class: `tl-badge tl-badge-${found.validity}` }, found.validity_label), found.validity_note ? el("span", { class: "tl-note" }, found.validity_note) : "");
  const facts = [["文件", `《${found.document_title}》`], ["文号", found.number || "未印文号"], ["发文", found.issuer], ["适用", found.place], ["起始", day(found.date)], ["效力", status]];
  return [
    el("h2", { class: "tl-clause-title" }, found.clause),
    ...texts.filter(([, text]) => text).flatMap(([kind, text]) => [el("p", { class: "tl-kind" }, KINDS[kind]), lines(text)]),
    el("dl", {}, facts.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    el("p", { class: "tl-open" }, el("a", { href: "/documents?" + new URLSearchParams({ id: found.document, eid: found.eid }) }, "在文件里看这一条")),
  ];
}

function reveal(button, nodes) {
  content.replaceChildren(...nodes);
  page.querySelectorAll(".tl-current").forEach((one) => one.classList.remove("tl-current"));
  if (panel.open) panel.close();
  button.classList.add("tl-current");
  opener = button;
  if (wide.matches && !button.closest("dialog:modal")) {
    panel.show();
    page.classList.add("tl-beside");
  } else {
    panel.showModal();
  }
  content.scrollTop = 0;
  panel.querySelector(".tl-close").focus();
}

export const closeClause = () => panel.open && panel.close();

export function start() {
  panel.addEventListener("close", () => {
    asked += 1;
    page.classList.remove("tl-beside");
    document.querySelectorAll(".tl-current").forEach((one) => one.classList.remove("tl-current"));
    if (opener?.isConnected) opener.focus();
    opener = null;
  });
  panel.addEventListener("click", (event) => event.target === panel && panel.close()); // the backdrop
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    event.preventDefault();
    panel.close();
  });
  on("moved", () => {
    opener = null;
    closeClause();
  });
}
