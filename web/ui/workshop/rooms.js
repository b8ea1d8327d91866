// The trainer's rooms, and the one that is on stage.
import { api, byId, el } from "./dom.js";
import { button, fill, once, say, sure } from "./parts.js";
import { closeStage, openStage } from "./stage.js";

const list = byId("room-list");
const box = byId("rooms");
const HERE = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });

export function show({ item }) {
  list.hidden = Boolean(item);
  byId("stage").hidden = !item;
  if (item) return openStage(item);
  closeStage();
  return fresh();
}

async function fresh() {
  try {
    const { rooms } = await api("/workshop/rooms");
    fill(box, rooms.length ? el("ul", { class: "rows" }, rooms.map(row)) : el("p", { class: "muted" }, "还没有房间。"),
      el("p", {}, el("a", { class: "main as-button", href: "#quiz" }, "出一份测验，开房间")), el("p", { class: "muted" }, "房间和里面的作答30天后自动删掉。"));
  } catch (error) {
    fill(box, el("p", { class: "trouble", role: "alert" }, error.message), button("再试一次", fresh));
  }
}

function row(one) {
  return el("li", {}, el("a", { class: "row", href: "#rooms/" + one.code },
    el("span", { class: "row-title" }, one.title), el("span", { class: "row-meta" }, el("span", { class: "code" }, one.code), el("span", { class: `badge state-${one.state}` }, one.state_label),
      el("span", {}, `${one.participants}人，${one.questions}题`), el("span", {}, HERE.format(new Date(one.created))))),
  button("删掉", async (event) => {
    const pressed = event.currentTarget;
    if (!(await sure(`删掉房间 ${one.code}？`, "里面的作答和成绩一起删掉，找不回来。"))) return;
    await once(pressed, async () => {
      await api("/workshop/rooms/" + one.code, { method: "DELETE" });
      say("删掉了。");
    });
    await fresh();
  }, "quiet", { "aria-label": `删掉房间 ${one.title} ${one.code}` }));
}

document.addEventListener("leave", (event) => event.detail === "rooms" && closeStage());
