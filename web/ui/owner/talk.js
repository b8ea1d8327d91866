// Asking, and what may go wrong with it: a lost connection, a reload in mid-stream, a second tab, a deleted conversation.
// Every message has a key of its own, so that the service answers it once however often it comes.
import { byId } from "./dom.js";
import { keep, newKey, notice, on, ownThread, passed, read, say, setThread, tell, thread } from "./state.js";

const PENDING = "tiaoli-pending", DRAFT = "tiaoli-draft";
const LOOK_EVERY = 3000, STALLED_AFTER = 20000, MOST_TRIES = 3;
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const page = byId("tl-page"), field = byId("tl-text"), form = byId("tl-message");
const select = () => page.querySelector("#tl-place select");
const day = () => page.querySelector("#tl-day input");
let pending = read("sessionStorage", PENDING);
let round = 0, seen = 0, shownKey = "", lastChange = 0, offline = false, resumed = false;

const bridge = () =>
  window.tiaoli ? Promise.resolve(window.tiaoli) : new Promise((ready) => document.addEventListener("bridge-ready", () => ready(window.tiaoli), { once: true }));
const trigger = async (name, detail) => (await bridge()).trigger(name, detail);

export const busy = () => pending !== null;
export const settings = () => ({ place: select().value, as_of: day().value && day().value !== day().dataset.today ? day().value : null });

export function send(text) {
  if (!text.trim()) return field.focus();
  if (pending) return notice("上一个问题还在回答，答完就能发下一个。");
  passed();
  ownThread();
  setPending({ key: newKey(), text, tries: 1 });
  write("");
  say("asked", { text });
  state("waiting");
  ask();
}

function ask() {
  lastChange = Date.now();
  trigger("ask", { ...pending, round: ++round, thread: thread(), place: select().value, day: day().value, seen });
  watch();
}

export function show() {
  if (!thread()) return;
  lastChange = Date.now();
  trigger("show", { round: ++round, thread: thread(), key: pending?.key ?? "", seen });
}

// A conversation of this browser: opened anew, or an empty one.
export function open(id = "") {
  setPending(null);
  setThread(id);
  seen = 0;
  shownKey = "";
  clear();
  state(id ? "resuming" : "empty");
  if (id) show();
  else {
    select().value = [...select().options].find((one) => one.defaultSelected)?.value ?? "上海市";
    day().value = day().dataset.today;
    settled();
    field.focus();
  }
}

// Empties the conversation, and stops what still streams into it (the service answers to the end and keeps the answer).
let clearing = false;
function clear() {
  clearing = marker() !== null;
  trigger("clear", {});
}

function setPending(value) {
  pending = value;
  keep("sessionStorage", PENDING, value);
  form.querySelector("button").setAttribute("aria-disabled", String(value !== null));
}

export function write(text) {
  field.value = text;
  field.dispatchEvent(new Event("input"));
}

function state(value) {
  page.dataset.state = value;
  byId("tl-resuming").hidden = value !== "resuming";
  byId("tl-welcome").hidden = value !== "empty";
}

// What the answer of the service says of the conversation. Gradio patches what stands there, so that what other parts drew
// into it may be gone: they look again after every change ("shown"), and change nothing where all is in place.
const marker = () => page.querySelector("#tl-thread [data-thread]");
function noticed() {
  const drawn = marker()?.dataset;
  if (!drawn) clearing = false;
  else if (drawn.thread === thread()) mine(drawn);
  else if (!clearing) redraw();
}

// A last word of the conversation that was left came over the one that was opened.
function redraw() {
  clear();
  show();
}

function mine({ said, count, place, round: of }) {
  lastChange = Date.now();
  if (said !== "kept") {
    if (of !== String(round)) return; // an answer to what was asked for before
    if (said === "gone") gone("这个对话已经删除（可能在另一个页面上）。");
    else lost();
    return;
  }
  const live = page.querySelector("#tl-live .tl-exchange");
  if (!live) return void (page.dataset.state === "resuming" && state("empty"));
  state("talking");
  seen = Number(count);
  scroll(live);
  if (live.querySelector("[aria-busy=true]")) return;
  if (place && select().value !== place && [...select().options].some((one) => one.value === place)) {
    select().value = place;
    settled();
  }
  if (pending && live.dataset.key === pending.key) answered(live);
  else if (pending && page.querySelector(`#tl-past [data-key="${pending.key}"]`)) setPending(null);
  say("shown", live);
}

function answered(live) {
  const { text } = pending;
  setPending(null);
  passed();
  if (offline) notice();
  offline = false;
  if (live.querySelector(".tl-failed, .tl-trouble") && !field.value) write(text);
  tell("changed");
  say("answered", live);
}

function lost() {
  if (!pending) return;
  if (pending.tries < MOST_TRIES) {
    setPending({ ...pending, tries: pending.tries + 1 });
    return ask();
  }
  const { text } = pending;
  setPending(null);
  if (!field.value) write(text);
  notice("刚才的问题没有答完（服务可能重启过）。问题放回了输入框，请再发一次。");
  show();
}

export function gone(text) {
  const asked = pending?.text;
  say("gone", thread());
  open();
  if (asked && !field.value) write(asked);
  notice(text + (asked ? "您的问题放回了输入框，再发就是新对话。" : "下面是新对话。"), { lasting: true });
}

function scroll(live) {
  if (live.dataset.key === shownKey) return;
  const first = shownKey === "" && resumed;
  shownKey = live.dataset.key;
  say("moved");
  if (!page.querySelector("#tl-past .tl-exchange")) window.scrollTo({ top: 0 });
  else live.scrollIntoView({ block: "start", behavior: still.matches || first ? "auto" : "smooth" });
}

let watching = false;
async function watch() {
  if (watching) return;
  watching = true;
  while (pending) {
    await new Promise((done) => setTimeout(done, LOOK_EVERY));
    if (!pending) break;
    const there = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) }).then((one) => one.ok, () => false);
    if (!pending) break;
    if (!there) {
      offline = true;
      notice("和服务器的连接断了，正在重新连接。您的问题记着，连上以后接着答。", { lasting: true });
    } else if (offline || Date.now() - lastChange > STALLED_AFTER) {
      if (offline) notice("连上了，正在取回回答。");
      offline = false;
      show();
    }
  }
  watching = false;
}

function settled() {
  byId("tl-hello-place").textContent = select().value;
  const [year, month, date] = (day().value || day().dataset.today).split("-").map(Number);
  byId("tl-hello-day").textContent = `${year}年${month}月${date}日`;
}

function grow() {
  field.style.height = "auto";
  field.style.height = Math.min(field.scrollHeight, 180) + "px";
  keep("sessionStorage", DRAFT, field.value || null);
}

export function start() {
  new MutationObserver(noticed).observe(page.querySelector("gradio-app"), { subtree: true, childList: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(field.value);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send(field.value);
  });
  field.addEventListener("input", grow);
  select().addEventListener("change", settled);
  day().addEventListener("change", settled);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && pending && Date.now() - lastChange > LOOK_EVERY && show());
  on("elsewhere", ({ kind, thread: about }) => {
    if (kind === "forgotten" && about && about === thread()) gone("这个对话在另一个页面上删除了。");
    if (kind === "changed" && about && about === thread() && !pending) show();
  });
  write(read("sessionStorage", DRAFT) ?? "");
  settled();
  if (thread()) {
    resumed = true;
    state("resuming");
    setPending(pending);
    show();
    if (pending) watch();
  } else {
    setPending(null);
    if (window.matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
  }
}
