// Keys. A single letter is a command only outside fields, and can be switched off (WCAG 2.1.4).
import { byId, el } from "./dom.js";
import { skip } from "./asking.js";
import { copyRead, note } from "./clause.js";

const KEPT = "tiaoli-console-keys";
const go = (view, pane) => {
  document.dispatchEvent(new CustomEvent("view", { detail: view }));
  if (pane) document.dispatchEvent(new CustomEvent("pane", { detail: pane }));
};
const field = (id, pane) => {
  go("call", pane);
  byId(id).focus();
  byId(id).select?.();
};
const COMMANDS = {
  "/": ["到找条款的框里", () => field("q", "look-up")],
  c: ["复制能念的那句话和出处", copyRead],
  r: ["念过了，记到“告知的条款”", note],
  n: ["先问下一个问题", () => { go("call", "call"); skip(); }],
  f: ["记客户说的情况", () => field("words", "call")],
  b: ["随手记", () => field("notes", "call")],
  t: ["看工单", () => go("tickets")],
  "?": ["看这张表", () => help()],
};
const SAME = { "、": "/", "／": "/", "？": "?" }; // what a Chinese keyboard gives for the same key
const OTHERS = { "↑ ↓": "在找到的里面选", 回车: "打开选中的", Esc: "清空、关掉，或离开输入框" };

function on() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

function help() {
  byId("keys-on").checked = on();
  const rows = [...Object.entries(COMMANDS).map(([key, [what]]) => [key.toUpperCase(), what]), ...Object.entries(OTHERS)];
  byId("key-list").replaceChildren(...rows.map(([key, what]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what))));
  byId("keys").showModal();
}

byId("help").addEventListener("click", help);
byId("keys-on").addEventListener("change", ({ target }) => {
  try {
    localStorage.setItem(KEPT, target.checked ? "on" : "off");
  } catch {
    // Without storage the keys stay as they are.
  }
});

const typing = (one) => one.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && typing(event.target) && !event.defaultPrevented) return event.target.blur();
  if (event.repeat || typing(event.target) || !on()) return;
  const key = SAME[event.key] || event.key;
  const command = COMMANDS[key.length === 1 ? key.toLowerCase() : ""];
  if (!command) return;
  event.preventDefault();
  command[1]();
});
