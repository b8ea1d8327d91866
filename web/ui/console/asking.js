// What to ask next, what was said, and how it stands: question, chips, verdict.
import { byId, el } from "./dom.js";
import { change, hear, state } from "./call.js";
import { OUTCOMES, fill, say } from "./words.js";

const MARKS = { met: "✓ 达到", not_met: "✗ 没达到", unknown: "? 还缺", exempt: "— 不考察", declared: "· 按说明", manual: "· 专家判断" };
let skipped = 0; // questions put aside for now, from the front

const questions = () => state.view?.questions || [];
const current = () => questions()[skipped % Math.max(questions().length, 1)];

function question() {
  const box = byId("question");
  const held = box.contains(document.activeElement);
  const one = current();
  if (!state.mine) return box.replaceChildren();
  if (!one) return box.replaceChildren(el("p", { class: "muted" }, rest()));
  const more = questions().length - 1;
  fill(box,
    el("p", { class: "say" }, one.say),
    el("p", { class: "muted" }, [one.hint, one.why.length ? `${one.why.join("、")}要用` : ""].filter(Boolean).join("。")),
    el("div", { class: "buttons" }, one.answers.map((answer) => el("button", { type: "button", class: "answer", onclick: (event) => once(event) && reply(one, answer) }, answer)),
      one.kind === "unclear" ? el("button", { type: "button", class: "answer", onclick: (event) => once(event) && hear({ cleared: unclear(one) }) }, "问清楚了") : ""),
    one.kind === "figure" || one.kind === "unclear" ? reading(one) : "",
    more > 0 ? el("p", { class: "after" }, `后面还有 ${more} 个问题 `, el("button", { type: "button", class: "link", onclick: skip }, "先问下一个（N）")) : "",
  );
  if (held) box.focus();
}

function rest() {
  if (state.view?.trouble) return state.view.trouble;
  if (state.view?.verdict) return "不用再问了，结论见下面。";
  return "先选“想办”哪个称号，或者直接记客户说的情况，这里会告诉您下一句问什么。";
}

function reading(one) {
  const input = el("input", { "aria-label": "客户的回答", maxlength: "500", autocomplete: "off", placeholder: "照着说的填，比如 4500万、6%、3年" });
  return el("form", { class: "line", onsubmit: (event) => {
    event.preventDefault();
    if (input.value.trim()) reply(one, input.value.trim());
  } }, input, el("button", { type: "submit", class: "quiet" }, "回答"));
}

// The second click of a double click would answer the question that has come up in between.
const once = (event) => event.detail < 2;
const unclear = (one) => state.view.call.told.not_understood.find((part) => one.say.includes(part)) || "";

function reply(one, answer) {
  if (one.fact === "title") return setField("title", answer);
  if (one.fact === "track") return setField("track", answer === "到期复核" ? "review" : "first");
  hear({ text: answer, asked: [one.fact] });
}

function setField(name, value) {
  byId("caller").elements[name].value = value;
  change({ [name]: value }, { now: true });
}

// Put this question aside and show the one after it.
export function skip() {
  if (questions().length < 2) return say("没有别的问题了。");
  skipped = (skipped + 1) % questions().length;
  question();
  byId("question").focus();
}

function chips() {
  const waiting = state.waiting.filter((one) => one.text || one.fact).map((one) => el("li", { class: "chip waiting" }, `${one.text || one.value}（等着读）`));
  byId("chips").replaceChildren(...(state.view?.chips || []).map(chip), ...waiting);
}

function chip(one) {
  const title = [one.said && one.said !== "手工填写" ? `客户说：${one.said}` : "手工填写", one.note].filter(Boolean).join("；");
  const shown = el("button", { type: "button", class: "chip-value", title, disabled: !state.mine, onclick: () => edit(one, made) }, `${one.label} `, el("strong", {}, one.value), one.note ? el("span", { class: "muted" }, " *") : "");
  const made = el("li", { class: "chip" }, shown,
    state.mine ? el("button", { type: "button", class: "chip-drop", "aria-label": `去掉${one.label}`, onclick: () => hear({ drop: one.key }) }, "×") : "");
  return made;
}

function edit(one, made) {
  const input = el("input", { value: one.value, "aria-label": one.label, maxlength: "100" });
  const back = () => chips();
  made.replaceChildren(el("form", { class: "line", onsubmit: (event) => {
    event.preventDefault();
    hear({ fact: one.key, value: input.value.trim() });
    back();
  }, onkeydown: (event) => event.key === "Escape" && back() }, el("span", {}, one.label), input, el("button", { type: "submit", class: "quiet" }, "改")));
  input.select();
}

function verdict() {
  const box = byId("verdict");
  const one = state.view?.verdict;
  if (!one) return box.replaceChildren();
  const open = one.criteria.filter((c) => c.outcome === "unknown").length;
  const first = one.outcome === "needs_info" && open ? `还差 ${open} 项就能判断` : OUTCOMES[one.outcome];
  const kept = box.querySelector("details")?.open;
  fill(box,
    el("p", { class: `outcome outcome-${one.outcome}` }, `${one.title}：${first}`),
    el("ul", { class: "failing" }, state.view.reasons.map((text) => el("li", {}, text))),
    el("ul", { class: "failing" }, one.gaps.slice(0, 3).map((gap) => el("li", {}, `${gap.action}${gap.earliest ? `（最早${gap.earliest}）` : ""}`))),
    one.beside.map((other) => el("p", { class: "muted" }, `按${other.standard}：${OUTCOMES[other.outcome]}`)),
    el("details", { open: kept }, el("summary", {}, `逐条看（${one.criteria.length} 项）`),
      el("table", {}, el("thead", {}, el("tr", {}, ["条款", "结果", "情况"].map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, one.criteria.map(row))),
      el("p", { class: "muted" }, one.disclaimer)),
  );
}

const SAID = /（原话“[^”]*”）/g;
const values = (c) => Object.entries(c.values).map(([name, value]) => `${name} ${value.replace(SAID, "").replace("您没有", "客户没有")}`).join("；");

function row(c) {
  return el("tr", { class: `is-${c.outcome}` }, el("th", { scope: "row" }, c.clause), el("td", {}, MARKS[c.outcome]),
    el("td", {}, [values(c), c.threshold ? `要求${c.threshold}` : "", c.missing.length ? `缺${c.missing.join("、")}` : ""].filter(Boolean).join("；")));
}

function heard() {
  const found = state.view?.heard;
  if (!found) return byId("heard").replaceChildren();
  const left = found.not_understood.map((part) => `没有听懂：“${part}”，请问清楚。`);
  const nothing = !found.keys.length && !left.length && !found.title && !found.track ? ["这句里没有读出企业情况；需要的话写进随手记。"] : [];
  byId("heard").replaceChildren(...[...found.changed, ...found.problems, ...left, ...nothing].map((text) => el("p", { class: "notice" }, text)));
}

byId("tell").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("words");
  if (!field.value.trim()) return;
  hear({ text: field.value.trim(), asked: current() ? [current().fact] : [] });
  field.value = "";
});
document.addEventListener("call-view", () => {
  skipped = 0;
  for (const part of [question, chips, verdict, heard]) part();
});
document.addEventListener("call-opened", () => {
  skipped = 0;
  byId("heard").replaceChildren();
  for (const part of [question, chips, verdict]) part();
});
document.addEventListener("call-waiting", chips);
document.addEventListener("call-refused", ({ detail }) => {
  chips();
  byId("heard").replaceChildren(el("p", { class: "notice" }, detail.message));
  if (detail.said.text) byId("words").value = detail.said.text;
});

question();
