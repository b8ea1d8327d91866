// The stage of a room, for the projector: how to come in, the question, live counts, the steps to take.
import { api, byId, el } from "./dom.js";
import { follow } from "./follow.js";
import { button, fill, say, sure } from "./parts.js";
import { ended, live, lobby, open, people, shown } from "./stage_parts.js";

const stage = byId("stage");
const top = el("div", { class: "stage-top" });
const link = el("p", { class: "link-state", role: "status" });
const scene = el("div", { class: "scene" });
const steps = el("div", { class: "stage-steps" });
const crowd = el("div", { class: "crowd" });
const SETTLE = 600; // milliseconds: the second half of a double click must not take the next step
let code = "";
let following = null;
let state = null;
let busy = false;
let waiting = ""; // the room that an ended session took from the stage

export function openStage(asked) {
  if (asked === code && following) return;
  closeStage();
  code = asked;
  waiting = "";
  state = null;
  fill(stage, top, link, scene, steps, crowd);
  for (const part of [top, steps, crowd]) part.replaceChildren();
  fill(scene, el("p", { class: "muted" }, "正在打开房间……"));
  following = follow("/workshop/rooms/" + code, {
    show: render, stamp: (view) => view.version, gone: lost,
    link: (live) => (link.textContent = live ? "" : "连接断了，正在重连；学员的作答照样收着。"),
  });
}

export function closeStage() {
  following?.stop();
  following = null;
  code = "";
}

// The room is gone, or the session has ended: the page says so and can go on.
function lost(error) {
  following = null;
  const asked = code;
  waiting = error.status === 401 ? asked : "";
  fill(scene, el("p", { class: "trouble", role: "alert" }, error.message), el("div", { class: "buttons" },
    error.status === 401 ? button("登录好了，接着看", () => openStage(asked), "main") : "", el("a", { class: "quiet as-button", href: "#rooms" }, "我的房间")));
  for (const part of [top, steps, crowd]) part.replaceChildren();
  code = "";
}

// Who has signed in in another tab comes back to the room.
window.addEventListener("focus", () => waiting && !stage.hidden && openStage(waiting));

const SCENES = { lobby, open, shown, ended };

// While a question stays, only what is live in it is painted again: nothing moves under a finger or a mouse.
function render(view) {
  const same = state?.room.state === view.room.state && state.room.number === view.room.number;
  state = view;
  if (!same) {
    head(view.room);
    fill(scene, SCENES[view.room.state](view));
    controls();
  } else if (view.room.state === "open") live(scene, view);
  fill(crowd, people(view));
}

function head(room) {
  const address = `${location.host}/room`;
  fill(top, el("h2", {}, room.title),
    room.state === "ended" ? "" : el("p", { class: "how-in" }, room.state === "lobby" ? "" : [el("span", {}, address), " ", el("strong", {}, room.code)]),
    el("div", { class: "buttons" }, button(document.fullscreenElement ? "退出全屏" : "全屏", full, "quiet", { id: "full" }), el("a", { class: "quiet as-button", href: "#rooms" }, "我的房间")));
}

async function full() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await stage.requestFullscreen();
  } catch {
    say("浏览器不让全屏，可以按键盘上的全屏键。", "bad");
  }
}
document.addEventListener("fullscreenchange", () => {
  const made = byId("full");
  if (made) made.textContent = document.fullscreenElement ? "退出全屏" : "全屏";
});

function controls() {
  const { room } = state;
  const more = room.number < room.total;
  const go = (text, work) => button(text, work, "main", { id: "go", disabled: busy });
  const ends = "还没有做的题就不做了，学员会看到自己的成绩。";
  const early = async () => (await sure("现在结束测验？", ends)) && step("end", 0);
  fill(steps,
    room.state === "lobby" ? go("开始，打开第1题", () => step("open", 1)) : "",
    room.state === "open" ? go("收卷，公布答案", () => step("close", room.number)) : "",
    room.state === "shown" && more ? go(`下一题（第${room.number + 1}题）`, () => step("open", room.number + 1)) : "",
    room.state === "shown" && !more ? go("结束测验", () => step("end", 0)) : "",
    room.state === "open" || (room.state !== "ended" && more) ? button("结束测验", early, "quiet", { id: "end", disabled: busy }) : "");
}

// One step at a time; what another window did first is shown, and said.
async function step(action, question) {
  if (busy) return;
  const mine = code;
  const take = (view) => mine === code && following?.take(view);
  const again = document.activeElement?.id === "go";
  busy = true;
  controls();
  let wrong = "";
  try {
    take(await api(`/workshop/rooms/${mine}/steps`, { json: { action, question } }));
  } catch (error) {
    wrong = error.message;
    if (error.status === 409) await api("/workshop/rooms/" + mine).then(take).catch(() => undefined);
  }
  if (wrong) link.textContent = wrong;
  setTimeout(() => {
    busy = false;
    if (mine !== code || !state) return;
    controls();
    if (again) byId("go")?.focus();
  }, SETTLE);
}
