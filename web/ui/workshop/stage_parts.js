// What the stage shows in each state of a room.
import { el } from "./dom.js";
import { bar, downloads, fill } from "./parts.js";
import { company, explained, letter } from "./question.js";

const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function lobby({ room }) {
  return el("div", { class: "lobby" },
    el("img", { class: "qr", src: `/api/v1/workshop/rooms/${room.code}/qr.svg`, alt: "加入房间的二维码", width: "320", height: "320" }),
    el("div", { class: "enter-how" }, el("p", {}, "用手机扫码，或打开"), el("p", { class: "room-address" }, `${location.host}/room`), el("p", {}, "输入房间号"),
      el("p", { class: "room-code", "aria-label": `房间号 ${[...room.code].join(" ")}` }, room.code),
      el("p", { class: "muted" }, `一共${room.total}题，${room.may_change ? "收卷以前可以改答案" : "选了就不能改"}。`),
      LOCAL.has(location.hostname) ? el("p", { class: "notice" }, "您现在用的是只有这台电脑能打开的地址，手机进不来。请用这台电脑在网络里的地址打开本页。") : ""));
}

export function open(view) {
  const { room } = view;
  const made = el("div", { class: "asked" }, which(room), stem(room), el("div", { class: "live" }),
    el("ol", { class: "big-options" }, room.question.options.map((one) => el("li", {}, el("span", { class: "letter" }, letter(one.id)), el("span", {}, one.text)))),
    el("details", { class: "peek" }, el("summary", {}, "现在各选项多少人（投影上也看得到）"), el("div", { class: "live-counts" })));
  live(made, view);
  return made;
}

// How many have answered, and what.
export function live(box, { room, participants, answered, results }) {
  fill(box.querySelector(".live"), el("p", { class: "answered" }, `${answered} / ${participants.length} 人已经选了`), bar(participants.length ? answered / participants.length : 0));
  fill(box.querySelector(".live-counts"), counted(room.question, results[room.number - 1].counts));
}

export function shown({ room }) {
  return el("div", { class: "asked" }, which(room), stem(room), counted(room.question, room.counts, room.key?.right), room.key ? explained(room.key) : "");
}

const which = (room) => el("p", { class: "which" }, `第${room.number}题，共${room.total}题 · ${room.state_label}`);

const stem = (room) => [el("h3", { class: "stem" }, room.question.stem),
  room.question.facts.length ? el("details", { class: "about-company", open: room.state === "open" }, el("summary", {}, "企业情况"), company(room.question)) : ""];

// Bars of how many chose what; once it is closed the right one is marked.
function counted(question, counts, right) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return el("ol", { class: "bars" }, question.options.map((one) => el("li", { class: right === one.id ? "right" : "" },
    el("span", { class: "letter" }, letter(one.id)), el("span", { class: "bar-text" }, one.text, right === one.id ? el("span", { class: "right-word" }, " ✓ 正确") : ""),
    bar(all ? (counts[one.id] ?? 0) / all : 0, right === one.id ? "bar-right" : ""), el("span", { class: "bar-count" }, `${counts[one.id] ?? 0}人`))));
}

export function ended(view) {
  const { participants, results, room } = view;
  const asked = results.filter((one) => one.key);
  return el("div", { class: "asked" }, el("p", { class: "which" }, "测验结束"),
    downloads("结果", ["docx", "pdf", "xlsx"], (format) => `/workshop/handouts/rooms/${room.code}?format=${format}`),
    el("h3", {}, "每题的情况"),
    asked.length ? el("ol", { class: "bars outcome-bars" }, asked.map((one) => el("li", {}, el("span", { class: "bar-text" }, `${one.number}. ${one.question.stem}`),
      bar(one.answered ? (one.right ?? 0) / one.answered : 0, "bar-right"), el("span", { class: "bar-count" }, one.right === null ? "不算分" : `${one.answered}人答，${one.right}人对`)))) : el("p", { class: "muted" }, "一题也没有收卷。"),
    el("details", { class: "ranking" }, el("summary", {}, "排名（只有讲师看得到；打开后投影上也看得到）"), ranking(participants, asked.length)));
}

// People with equal scores have equal ranks.
function ranking(participants, total) {
  const rank = (one) => 1 + participants.filter((other) => other.score > one.score).length;
  return el("table", { class: "plain" }, el("thead", {}, el("tr", {}, ["名次", "昵称", "答对", "作答"].map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, participants.map((one) => el("tr", {}, el("td", {}, String(rank(one))), el("th", { scope: "row" }, one.nickname), el("td", {}, `${one.score} / ${total}`), el("td", {}, String(one.answered))))));
}

export function people({ participants, room }) {
  if (room.state === "ended") return [];
  return [el("h3", {}, `在房间里的（${participants.length}人）`),
    participants.length ? el("ul", { class: "names" }, [...participants].sort((a, b) => a.nickname.localeCompare(b.nickname, "zh-CN")).map((one) => el("li", { class: room.state === "open" && one.answered_now ? "ready" : "" },
      one.nickname, room.state === "open" && one.answered_now ? el("span", {}, " ✓", el("span", { class: "unseen" }, "已选")) : ""))) : el("p", { class: "muted" }, "还没有人，请大家扫码。")];
}
