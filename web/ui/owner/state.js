// What the parts of the page share: the thread of this tab, storage that may be missing, and news among parts and tabs.
const news = new EventTarget();
export const say = (name, detail) => news.dispatchEvent(new CustomEvent(name, { detail }));
export const on = (name, listener) => news.addEventListener(name, (event) => listener(event.detail));

// Storage fails in some private windows; the page then keeps things for itself.
const spare = new Map();
export function read(area, name) {
  try {
    return JSON.parse(window[area].getItem(name) ?? "null");
  } catch {
    return spare.get(area + name) ?? null;
  }
}
export function keep(area, name, value) {
  spare.set(area + name, value);
  try {
    if (value === null) window[area].removeItem(name);
    else window[area].setItem(name, JSON.stringify(value));
  } catch {
    // Kept for this page.
  }
}

const hex = (bytes) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((one) => one.toString(16).padStart(2, "0")).join("");
// The id of a message; it sorts by time, as the service's own do.
export const newKey = () => Date.now().toString(16).padStart(13, "0") + "-" + hex(6);

const THREAD = "tiaoli-thread";
let current = read("sessionStorage", THREAD) ?? "";
export const thread = () => current;
export const path = (rest = "") => "/conversations/" + current + rest;

// The thread of this tab, made up here where there is none yet: whoever knows it may read it, so it cannot be guessed.
export function ownThread() {
  if (!current) setThread(newKey() + "-" + hex(12));
  return current;
}
export function setThread(id) {
  if (id === current) return;
  current = id;
  keep("sessionStorage", THREAD, id || null);
  say("thread", id);
}

// News to the other tabs of this browser.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("tiaoli") : null;
export const tell = (kind, about = current) => channel?.postMessage({ kind, thread: about });
if (channel) channel.onmessage = ({ data }) => say("elsewhere", data);

// A word to the person, above the conversation; an empty one takes it away.
export function notice(text = "", { lasting = false } = {}) {
  const box = document.getElementById("tl-notice");
  box.querySelector("p").textContent = text;
  box.hidden = !text;
  box.dataset.lasting = lasting ? "yes" : "no";
}
export function passed() {
  const box = document.getElementById("tl-notice");
  if (box.dataset.lasting !== "yes") notice();
}
