// The conversations of this browser: their ids and first words lie here, what was said lies on the server.
import { api, byId, el } from "./dom.js";
import { choices, closeDialog, form, openDialog } from "./dialog.js";
import { keep, notice, on, read, tell, thread } from "./state.js";
import { open } from "./talk.js";

const NAME = "tiaoli-history", MOST = 50, LONGEST = 60;
const list = () => read("localStorage", NAME) ?? [];
const day = (at) => new Date(at).toLocaleDateString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });

function remember(first) {
  const known = list();
  const mine = known.find((one) => one.thread === thread());
  const rest = known.filter((one) => one.thread !== thread());
  keep("localStorage", NAME, [{ thread: thread(), first: mine?.first || first.slice(0, LONGEST), at: Date.now() }, ...rest].slice(0, MOST));
}
const drop = (id) => keep("localStorage", NAME, list().filter((one) => one.thread !== id));

async function erase(id) {
  try {
    await api("/conversations/" + id, { method: "DELETE" });
  } catch (error) {
    if (error.status !== 404) throw error; // deleted already
  }
  drop(id);
  tell("forgotten", id);
  if (id === thread()) open();
}

export function showHistory() {
  const known = list();
  const rows = known.map((one) => el("li", {},
    el("button", { type: "button", class: "tl-past-open", "aria-current": one.thread === thread() ? "true" : null, onclick: () => go(one.thread) }, el("b", {}, one.first || "（填表）"), el("span", { class: "muted" }, `${day(one.at)}${one.thread === thread() ? "，正在看" : ""}`)),
    el("button", { type: "button", class: "tl-quiet", "aria-label": `删除“${one.first}”`, onclick: () => confirmOne(one) }, "删除")));
  openDialog("这台设备上的对话", [
    rows.length ? el("ul", { class: "tl-history" }, rows) : el("p", { class: "muted" }, "还没有对话。"),
    el("p", { class: "muted" }, "这里只记编号和第一句话，换了设备或清了浏览器数据就看不到了；要留存请用“导出”。"),
    known.length ? el("div", { class: "tl-choices" }, el("button", { type: "button", class: "tl-tool tl-tool-danger-soft", onclick: confirmAll }, "删除我的数据")) : "",
  ].filter(Boolean));
}

function go(id) {
  closeDialog();
  if (id !== thread()) open(id);
}

const GOES = "问答、记下的企业情况、预检结论、评价、转人工的问题和联系方式，都从服务器上删掉，不能恢复。";

function confirmOne(one) {
  openDialog("删除这个对话？", [form(async () => {
    await erase(one.thread);
    showHistory();
  }, el("p", {}, `“${one.first || "（填表）"}”的${GOES}`), choices("删除", { danger: true, no: "不删" }))]);
}

function confirmAll() {
  const known = list();
  openDialog("删除我的数据？", [form(async () => {
    for (const one of known) await erase(one.thread);
    for (const name of ["tiaoli-history", "tiaoli-handed-over"]) keep("localStorage", name, null);
    for (const name of ["tiaoli-draft", "tiaoli-pending"]) keep("sessionStorage", name, null);
    byId("tl-text").value = "";
    closeDialog();
    open();
    notice(`${known.length} 个对话都删掉了，这台设备上也没有留下记录。`);
  }, el("p", {}, `这台设备上的 ${known.length} 个对话，连同${GOES}`), el("p", { class: "muted" }, "已经存到您电脑里的导出文件不受影响。中途断网会停下来，没删完的还在列表里，可以再点一次。"), choices(`删除 ${known.length} 个对话`, { danger: true, no: "不删" }))]);
}

export function start() {
  on("asked", ({ text }) => remember(text));
  on("profile", (found) => found.version && thread() && !list().some((one) => one.thread === thread()) && remember(found.check ? `预检${found.check.name}` : ""));
  on("gone", drop);
}
