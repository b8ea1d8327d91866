// The call on the desk: its draft, what follows from it, and its way to the server. What is typed is kept in the browser at
// once and sent a moment later; requests go one after the other, so that no version overtakes another.
import { api, byId } from "./dom.js";
import { forget, keep, kept, leftovers } from "./kept.js";

const page = byId("console").dataset;
export const today = page.today;
const PAUSE = 700;
const WAITS = [2, 4, 8, 15, 30];
const fresh = () => ({ caller: "", company: "", contact: "", place: page.here, as_of: null, title: null, track: null, notes: "", shown: [], promises: [] });
const newId = () => Date.now().toString(36) + "-" + crypto.getRandomValues(new Uint32Array(3)).join("-");

// `waiting`: what the caller said and is not read yet; `view`: the server's last word; `saved`: how saving stands.
export const state = { id: newId(), version: 0, draft: fresh(), waiting: [], view: null, mine: true, dirty: false, edits: 0, saved: "" };
let running = false;
let timer = 0;
let tries = 0;

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const pending = () => state.mine && (state.dirty || state.waiting.length > 0);

function show(saved, detail = "") {
  state.saved = saved;
  tell("call-saved", detail);
}

// Change the draft; `now`: send it at once, because what is shown depends on it.
export function change(fields, { now = false } = {}) {
  if (!state.mine) return;
  Object.assign(state.draft, fields);
  state.dirty = true;
  state.edits += 1;
  soon(now ? 0 : PAUSE);
}

// Something the caller said ({text, asked}), a typed fact ({fact, value}), a part cleared up, or a fact to drop.
export function hear(what) {
  if (!state.mine) return;
  state.waiting.push(what);
  tell("call-waiting");
  soon(0);
}

function soon(pause) {
  if (!keep(state)) show("unkept");
  else if (state.saved !== "offline") show("typing");
  clearTimeout(timer);
  timer = setTimeout(flush, pause);
}

// Send everything that is not sent. Resolves when it is, or when it cannot be.
export async function flush() {
  clearTimeout(timer);
  while (running) await new Promise((done) => setTimeout(done, 50));
  if (!pending()) return;
  running = true;
  const { id } = state;
  try {
    while (state.id === id && pending()) await (state.dirty || !state.version ? save(id) : say(id));
    if (state.id === id) done();
  } catch (error) {
    if (state.id === id) failed(error);
  } finally {
    running = false;
  }
}

function done() {
  tries = 0;
  forget(state.id);
  show("saved");
}

async function save(id) {
  const { edits, version, draft } = state;
  const view = await api("/calls/" + id, { method: "PUT", json: { version, draft } });
  if (state.id !== id) return;
  state.dirty = edits !== state.edits;
  take(view);
}

async function say(id) {
  const { drop, ...said } = state.waiting[0];
  const path = `/calls/${id}/facts`;
  try {
    const view = await api(drop ? `${path}/${encodeURIComponent(drop)}` : path, drop ? { method: "DELETE" } : { json: said });
    if (state.id !== id) return;
    state.waiting.shift();
    take(view);
  } catch (error) {
    if (error.status !== 422 || state.id !== id) throw error;
    state.waiting.shift(); // it cannot be read: said so, and not tried again
    tell("call-refused", { said, message: error.message });
  }
}

function take(view) {
  state.view = view;
  state.version = view.call.version;
  const { title, track } = view.heard || {};
  if (title && !state.draft.title) change({ title }, { now: true });
  if (track && !state.draft.track) change({ track }, { now: true });
  if (pending()) keep(state);
  tell("call-view");
}

function failed(error) {
  if (error.status === 401) return show("signed-out");
  if (error.status === 409) return clash();
  if (error.status === 404) return again();
  if (error.status && error.status < 500 && error.status !== 429) return show("refused", error.message);
  show("offline", error.status ? error.message : "");
  timer = setTimeout(flush, 1000 * WAITS[Math.min(tries++, WAITS.length - 1)]);
}

// The call was deleted elsewhere while something was written here: that becomes a call of its own.
function again() {
  forget(state.id);
  Object.assign(state, { id: newId(), version: 0, dirty: true });
  soon(0);
}

async function clash() {
  show("clash");
  try {
    tell("call-clash", (await api("/calls/" + state.id)).call);
  } catch (error) {
    failed(error);
  }
}

// Go on from `call`, which another page saved, with the draft that was chosen.
export function settle(call, draft) {
  state.version = call.version;
  Object.assign(state, { draft, dirty: true, edits: state.edits + 1 });
  tell("call-opened");
  soon(0);
}

function put(values) {
  Object.assign(state, { version: 0, draft: fresh(), waiting: [], view: null, mine: true, dirty: false, saved: "" }, values);
  history.replaceState(null, "", state.version || state.dirty ? "/console?call=" + state.id : "/console");
  tries = 0;
  tell("call-opened");
  show(state.version ? "saved" : "");
}

// A call that nobody has saved yet; it reaches the server with the first thing that is written.
export async function begin() {
  await flush();
  put({ id: newId() });
}

// Open a call: what this browser kept of it and did not send comes before what the server has. Throws an ApiError.
export async function open(id) {
  await flush();
  const own = kept(id);
  let view = null;
  try {
    view = await api("/calls/" + id);
  } catch (error) {
    if (!own) throw error;
  }
  if (own) {
    put({ id, version: own.version, draft: own.draft, waiting: own.waiting, view, dirty: true });
    soon(0);
  } else put({ id, version: view.call.version, draft: view.call.draft, view, mine: view.mine });
}

// End the call. Throws an ApiError; nothing is lost then.
export async function finish() {
  await flush();
  if (pending() || !state.version) return null;
  const view = await api(`/calls/${state.id}/finish`, { json: {} });
  return view;
}

// What an earlier page kept and never sent.
async function sendLeftovers() {
  for (const { id, version, draft, waiting } of leftovers(state.id)) {
    try {
      await api("/calls/" + id, { method: "PUT", json: { version, draft } });
      for (const { drop, ...said } of waiting) if (!drop) await api(`/calls/${id}/facts`, { json: said });
      forget(id);
    } catch (error) {
      if (error.status !== 409) return; // 409: opened again, the person chooses
    }
  }
}

window.addEventListener("online", () => flush().then(sendLeftovers));
document.addEventListener("call-saved", () => state.saved === "saved" && history.replaceState(null, "", "/console?call=" + state.id));
setTimeout(sendLeftovers, 3000);
