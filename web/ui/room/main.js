// A quiz room on a telephone: come in, answer, see how it went. Whoever is in the room already goes on where they were.
import { ApiError, api, byId } from "./dom.js";
import { follow } from "./follow.js";
import { answered, leave, render, setAnswering } from "./scene.js";

const RETRY = 3000;
const path = location.pathname.split("/")[2] ?? "";
const code = decodeURIComponent(path);
const room = "/workshop/rooms/" + encodeURIComponent(code);
const enter = byId("enter");
const join = byId("join");
const KEY = "tiaoli-room-" + code.toUpperCase();
let following = null;
let own = "";

// Nobody signs in here: what the API answers to somebody outside the room is no session that has ended.
document.addEventListener("session-ended", (event) => event.stopImmediatePropagation(), { capture: true });

function only(part) {
  for (const one of [enter, join, byId("scene")]) one.hidden = one !== part;
  part?.querySelector("input")?.focus();
}

function trouble(text) {
  byId("trouble").textContent = text;
  byId("trouble").hidden = !text;
}

async function start() {
  if (!code) return only(enter);
  try {
    came(await api(room + "/me"));
  } catch (error) {
    failed(error);
  }
  return undefined;
}

function failed(error) {
  if (error instanceof ApiError && error.status === 401) return only(join);
  if (error instanceof ApiError && error.status === 404) {
    trouble(error.message);
    enter.elements.code.value = code;
    return only(enter);
  }
  trouble(error.message);
  if (!(error.status >= 400 && error.status < 500)) setTimeout(start, RETRY);
  return undefined;
}

function came(view) {
  trouble("");
  only(byId("scene"));
  byId("link").textContent = "";
  setAnswering(answer);
  following?.stop();
  following = follow(room + "/me", {
    show: render, stamp: (state) => state.room.stage, gone,
    link: (live) => (byId("link").textContent = live ? "" : "网络断了，正在重连；已经交的都在。"),
  });
  following.take(view);
}

function gone(error) {
  following = null;
  leave();
  failed(error);
}

// A choice is sent until it has arrived or cannot count any more.
async function answer(question, option) {
  for (;;) {
    try {
      const view = await api(`${room}/answers/${question}`, { method: "PUT", json: { option } });
      byId("link").textContent = "";
      following?.take(view);
      return;
    } catch (error) {
      const worth = !error.status || error.status === 429 || error.status >= 500;
      if (!worth || !following) {
        answered(error.message);
        return;
      }
      byId("link").textContent = "还没有交上，正在再试；请不要关页面。";
      await new Promise((wake) => setTimeout(wake, RETRY));
    }
  }
}

// The same key names the same person, so pressing twice or losing the answer makes nobody twice.
function key() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept) return kept;
  } catch {
    // Without storage the cookie alone remembers.
  }
  own ||= [...crypto.getRandomValues(new Uint8Array(24))].map((one) => one.toString(16).padStart(2, "0")).join("");
  try {
    localStorage.setItem(KEY, own);
  } catch {
    // See above.
  }
  return own;
}

enter.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = enter.elements.code.value.normalize("NFKC").replace(/[^A-Za-z0-9]/g, "").toUpperCase();
  if (!typed) return trouble("请写讲师屏幕上的房间号。");
  return location.assign("/room/" + typed);
});

join.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (join.dataset.busy) return;
  join.dataset.busy = "yes";
  trouble("");
  try {
    came(await api(room + "/participants", { json: { nickname: join.elements.nickname.value, key: key() } }));
  } catch (error) {
    trouble(error.message);
  }
  delete join.dataset.busy;
});

start();
