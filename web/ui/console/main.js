// The page as a whole: its views, place and day, how saving stands, beginning and ending a call.
import { byId } from "./dom.js";
import { begin, change, finish, flush, open, state, today } from "./call.js";
import "./asking.js";
import "./clashes.js";
import "./enter.js";
import "./keys.js";
import "./look_up.js";
import "./notes.js";
import { showRecord, showRecords } from "./records.js";
import { showTickets } from "./tickets.js";
import { say } from "./words.js";

const where = byId("where");
const SHOWN = { call: () => {}, tickets: showTickets, records: showRecords };
const SAVED = {
  saved: "已保存", typing: "正在保存……", offline: "未保存，等网络", "signed-out": "未保存，请重新登录", refused: "未保存", clash: "未保存，另一页改过",
  unkept: "未保存，浏览器也存不下，请先别关页面",
};

function view(name) {
  for (const button of document.querySelectorAll(".views button")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
  for (const key of Object.keys(SHOWN)) byId("view-" + key).hidden = key !== name;
  where.hidden = name !== "call"; // they are the call's
  history.replaceState(null, "", location.pathname + location.search + (name === "call" ? "" : "#" + name));
  SHOWN[name]();
}

function pane(name) {
  byId("view-call").dataset.pane = name;
  for (const button of document.querySelectorAll(".pane-tabs button")) button.setAttribute("aria-pressed", String(button.dataset.pane === name));
}

for (const button of document.querySelectorAll(".views button")) button.addEventListener("click", () => view(button.dataset.view));
for (const button of document.querySelectorAll(".pane-tabs button")) button.addEventListener("click", () => pane(button.dataset.pane));
document.addEventListener("view", ({ detail }) => view(detail));
document.addEventListener("pane", ({ detail }) => pane(detail));

function placeAndDay() {
  where.elements.place.value = state.draft.place;
  where.elements.as_of.value = state.draft.as_of || today;
  where.classList.toggle("another-day", Boolean(state.draft.as_of));
  byId("to-today").hidden = !state.draft.as_of;
}

function moved() {
  placeAndDay();
  document.dispatchEvent(new CustomEvent("where-changed"));
}

where.addEventListener("change", () => {
  const chosen = where.elements.as_of.value;
  change({ place: where.elements.place.value, as_of: chosen && chosen !== today ? chosen : null }, { now: Boolean(state.version) });
  moved();
});
where.addEventListener("submit", (event) => event.preventDefault());
byId("to-today").addEventListener("click", () => {
  change({ as_of: null }, { now: true });
  moved();
  where.elements.as_of.focus();
});
document.addEventListener("call-opened", moved);

document.addEventListener("call-saved", ({ detail }) => {
  const box = byId("saved");
  const text = [SAVED[state.saved] || "", detail].filter(Boolean).join("：");
  if (box.textContent !== text) box.textContent = text;
  box.dataset.state = state.saved;
});

byId("new-call").addEventListener("click", async () => {
  await begin();
  pane("call");
  byId("caller").elements.company.focus();
});
byId("finish").addEventListener("click", async (event) => {
  event.target.disabled = true;
  try {
    const ended = await finish();
    if (!ended) return say(state.version || state.dirty ? "还没有存上，等存上了再结束；内容都在。" : "这通电话还什么都没有记。", "bad");
    const { id } = state;
    await begin();
    view("records");
    await showRecord(id, ended);
  } catch (error) {
    say(error.message, "bad");
  } finally {
    event.target.disabled = !state.mine;
  }
});
document.addEventListener("visibilitychange", () => document.hidden && flush());

async function start() {
  const asked = new URLSearchParams(location.search).get("call");
  const name = location.hash.slice(1);
  if (asked) await open(asked).catch((error) => say(error.message, "bad"));
  placeAndDay();
  view(SHOWN[name] ? name : "call");
  if (!SHOWN[name] || name === "call") byId("q").focus();
}
start();
