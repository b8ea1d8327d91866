// Small pieces that the sections share: the address, what is said in passing, clauses, downloads, questions before deleting.
import { ApiError, byId, el } from "./dom.js";

// "#rooms/ABC?x=1" → { view: "rooms", item: "ABC", asked: x=1 }
export function route() {
  const [where, query = ""] = location.hash.slice(1).split("?");
  const [view, item = ""] = where.split("/");
  return { view, item, asked: new URLSearchParams(query) };
}

// Keep in the address what is shown, so that a reload shows it again.
export const keep = (view, asked) => history.replaceState(null, "", `#${view}?${asked}`);

// Fill `box` anew; children may be lists, what is empty is left out.
export const fill = (box, ...children) => box.replaceChildren(...children.flat(3).filter((child) => child !== "" && child !== null && child !== undefined && child !== false));

let fading = 0;
// Say what just happened, for the eye and the ear.
export function say(text, kind = "") {
  const said = byId("said");
  clearTimeout(fading);
  said.textContent = text;
  said.dataset.kind = kind;
  fading = setTimeout(() => (said.textContent = ""), 6000);
}

// The number of a clause; a link to its text where the collection holds it ("document#eId").
export function clause(text, citation) {
  if (!citation) return el("span", { class: "clause" }, text);
  const [id, eid = ""] = citation.split("#");
  return el("a", { class: "clause", href: "/documents?" + new URLSearchParams(eid ? { id, eid } : { id }), target: "_blank", rel: "noopener" }, text, el("span", { class: "unseen" }, "（在新标签页打开原文）"));
}

export const button = (text, onclick, kind = "quiet", more = {}) => el("button", { type: "button", class: kind, onclick, ...more }, text);

// Do `work` once however often the button is pressed, and say what went wrong. What it returns, or undefined.
export async function once(pressed, work) {
  if (pressed?.dataset.busy) return undefined;
  if (pressed) {
    pressed.dataset.busy = "yes";
    pressed.setAttribute("aria-busy", "true");
  }
  try {
    return await work();
  } catch (error) {
    say(error.message, "bad");
    return undefined;
  } finally {
    if (pressed) {
      delete pressed.dataset.busy;
      pressed.removeAttribute("aria-busy");
    }
  }
}

const FORMATS = { docx: "Word 文档", pdf: "PDF", xlsx: "表格", pptx: "幻灯片" };

// Buttons that save a file each; `path(format)` is its address under /api/v1, `options(format)` what goes with the request.
export function downloads(label, formats, path, options = () => ({})) {
  return el("div", { class: "downloads no-print", role: "group", "aria-label": label }, el("span", { class: "muted" }, label),
    formats.map((format) => button(FORMATS[format], (event) => save(event.currentTarget, path(format), options(format)))));
}

export function save(pressed, path, options = {}) {
  return once(pressed, async () => {
    say("正在做文件……");
    const response = await fetch("/api/v1" + path, options).catch(() => {
      throw new ApiError("和服务器连不上，请检查网络后再试。", 0);
    });
    if (!response.ok) {
      const body = await response.json().catch(() => ({}));
      if (response.status === 401) document.dispatchEvent(new CustomEvent("session-ended", { detail: body.detail }));
      throw new ApiError(body.errors?.[0]?.detail || body.detail || "没有做出来，请再试一次。", response.status);
    }
    const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get("Content-Disposition") ?? "");
    const link = el("a", { href: URL.createObjectURL(await response.blob()), download: named ? decodeURIComponent(named[1]) : "条理-培训" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say("存好了，在浏览器的下载里。");
  });
}

// Ask before something that cannot be undone.
export function sure(title, text) {
  const dialog = byId("sure");
  byId("sure-title").textContent = title;
  byId("sure-text").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  for (const one of dialog.querySelectorAll("button")) one.onclick = () => dialog.close(one.value);
  return new Promise((decided) => dialog.addEventListener("close", () => decided(dialog.returnValue === "yes"), { once: true }));
}

// A bar as long as its share of the whole; its figure stands beside it as text.
export function bar(share, kind = "") {
  const made = el("span", { class: `bar ${kind}`, "aria-hidden": "true" }, el("span"));
  made.firstChild.style.inlineSize = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
  return made;
}
