// What somebody in the room sees: waiting, the question with its options as buttons, how it went, the score at the end.
import { byId, el } from "./dom.js";
import { bar, fill } from "./parts.js";
import { about, company, explained, letter } from "./question.js";

const box = byId("scene");
let send = () => undefined;
let now = null;
let sending = ""; // the option on its way
let before = "";

export const setAnswering = (work) => (send = work);

// What is on its way did not count: say why, and let the person choose again where that is possible.
export function answered(text) {
  sending = "";
  before = "";
  if (now) render(now);
  byId("link").textContent = text;
}

export function leave() {
  now = null;
  before = "";
  box.replaceChildren();
}

export function render(view) {
  if (!now || now.room.number !== view.room.number || view.chosen === sending || view.room.state !== "open") sending = "";
  const folded = now?.room.number === view.room.number && now.room.state === view.room.state ? box.querySelector("details")?.open : undefined;
  now = view;
  const all = JSON.stringify([view, sending]);
  if (all === before) return; // nothing has changed: a finger may be on a button
  before = all;
  const focus = document.activeElement?.id;
  byId("title").textContent = view.room.title;
  document.title = `${view.room.title} · 条理`;
  fill(box, el("p", { class: "me" }, el("span", {}, view.nickname), el("span", { class: "code" }, view.room.code), view.graded ? el("span", {}, `答对 ${view.score} / ${view.graded}`) : ""),
    { lobby, open, shown, ended }[view.room.state](view));
  if (folded !== undefined && box.querySelector("details")) box.querySelector("details").open = folded; // as they left it
  if (focus) byId(focus)?.focus();
}

const lobby = ({ room }) => el("div", { class: "waiting", role: "status" }, el("p", { class: "loud" }, "进来了"), el("p", {}, `一共${room.total}题，等讲师打开第1题。这一页会自己变。`));

const head = (room) => [el("p", { class: "which", role: "status" }, `第${room.number}题，共${room.total}题 · ${room.state_label}`), el("h2", { class: "stem" }, room.question.stem), el("p", { class: "muted" }, about(room.question)),
  room.question.facts.length ? el("details", { class: "about-company", open: room.state === "open" }, el("summary", {}, "企业情况"), company(room.question)) : ""];

function open(view) {
  const { room } = view;
  const mine = sending || view.chosen;
  const fixed = Boolean(sending) || (Boolean(view.chosen) && !room.may_change);
  const said = sending ? "正在交……" : view.chosen ? `您选了 ${letter(view.chosen)}，已经交了。${room.may_change ? "收卷以前可以改。" : "等讲师收卷。"}` : "点一个选项就交了。";
  return [head(room), el("div", { class: "big-choices", role: "group", "aria-label": "选项" }, room.question.options.map((one) => el("button", {
    type: "button", id: "option-" + one.id, class: "choice", "aria-pressed": String(mine === one.id), "aria-disabled": fixed ? "true" : null, onclick: () => choose(one.id),
  }, el("span", { class: "letter" }, letter(one.id)), el("span", {}, one.text)))), el("p", { class: "mine", role: "status" }, said)];
}

function choose(option) {
  if (sending || now.room.state !== "open" || now.chosen === option || (now.chosen && !now.room.may_change)) return;
  sending = option;
  render(now);
  send(now.room.number, option);
}

function shown(view) {
  const { room, chosen, right } = view;
  const all = Object.values(room.counts).reduce((sum, count) => sum + count, 0);
  const result = right === null ? ["这一题不算分", ""] : !chosen ? ["这一题您没有选", "missed"] : right ? ["✓ 答对了", "hit"] : ["✗ 没有答对", "missed"];
  return [head(room), el("p", { class: `result ${result[1]}`, role: "status" }, result[0]),
    el("ol", { class: "bars" }, room.question.options.map((one) => el("li", { class: room.key?.right === one.id ? "right" : "" },
      el("span", { class: "letter" }, letter(one.id)), el("span", { class: "bar-text" }, one.text, room.key?.right === one.id ? el("span", { class: "right-word" }, " ✓ 正确") : "", chosen === one.id ? el("span", { class: "own" }, " 您选的") : ""),
      bar(all ? (room.counts[one.id] ?? 0) / all : 0, room.key?.right === one.id ? "bar-right" : ""), el("span", { class: "bar-count" }, `${room.counts[one.id] ?? 0}人`)))),
    room.key ? explained(room.key) : "", el("p", { class: "muted" }, room.number < room.total ? "等讲师打开下一题。" : "等讲师结束测验。")];
}

const ended = (view) => el("div", { class: "waiting", role: "status" }, el("p", { class: "loud" }, "测验结束"),
  el("p", {}, view.graded ? `您答对了${view.score}题，算分的一共${view.graded}题。` : "没有算分的题。"), el("p", { class: "muted" }, "可以关掉这一页了。"));
