// Small pieces that several parts of the page show: marked words, badges, dates, copying.
import { byId, day, el } from "./dom.js";

// Text with the stretches named by `spans` (positions in code points) marked.
export function marked(text, spans = []) {
  const signs = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    parts.push(signs.slice(at, start).join(""), el("mark", {}, signs.slice(start, end).join("")));
    at = end;
  }
  return [...parts, signs.slice(at).join("")].filter(Boolean);
}

export const badge = (validity, label) => el("span", { class: `badge badge-${validity}` }, label);
export const OUTCOMES = { eligible: "预检符合", not_eligible: "预检不符合", needs_info: "还不能判断", invalid_input: "数据对不上" };
const HERE = { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };
const words = new Intl.DateTimeFormat("zh-CN", HERE);

// "11月21日 14:05", in time of China.
export function moment(iso) {
  const part = Object.fromEntries(words.formatToParts(new Date(iso)).map((one) => [one.type, one.value]));
  return `${part.month}月${part.day}日 ${part.hour}:${part.minute}`;
}
export const until = (iso) => (iso ? `${day(iso)}前` : "没有定日期");

// Fill `box` anew; children may be lists, what is empty is left out.
export const fill = (box, ...children) => box.replaceChildren(...children.flat(2).filter((child) => child !== "" && child !== null && child !== undefined));

let fading = 0;
// Say what just happened, for the eye and the ear.
export function say(text, kind = "") {
  const said = byId("said");
  clearTimeout(fading);
  said.textContent = text;
  said.dataset.kind = kind;
  fading = setTimeout(() => (said.textContent = ""), 6000);
}

// Put text on the clipboard; whether it worked.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOld(text);
  }
}

// Without a secure address (http in a local network) there is only the old way.
function copyOld(text) {
  const before = document.activeElement;
  const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  (document.querySelector("dialog[open]") || document.body).append(area);
  area.select();
  const worked = document.execCommand("copy");
  area.remove();
  before?.focus();
  return worked;
}

// Ask before something that cannot be undone.
export function sure(title, text) {
  const dialog = byId("sure");
  byId("sure-title").textContent = title;
  byId("sure-text").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((decided) => dialog.addEventListener("close", () => decided(dialog.returnValue === "yes"), { once: true }));
}
for (const button of byId("sure").querySelectorAll("button")) button.addEventListener("click", () => byId("sure").close(button.value));
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());

// Text as typed so far goes to `use` a moment after the last sign; half a syllable is no word yet.
export function onTyped(field, use, pause = 250) {
  let timer = 0;
  const soon = (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(use, pause);
  };
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
}
