// A quiz: made from what is wished for, looked through with its key, then a room or a handout.
import { api, byId, day, el } from "./dom.js";
import { button, downloads, fill, keep, once } from "./parts.js";
import { about, choices, company, explained } from "./question.js";

const form = byId("quiz-form");
const box = byId("quiz");
const { here } = byId("workshop").dataset;
let ready = false;
let quiz = null;
let wish = null;
let out = new Set();

export async function show({ asked }) {
  try {
    if (!ready) await prepare();
    if (asked.has("seed") && Number(asked.get("seed")) !== quiz?.seed) await again(asked);
    else if (quiz) render();
  } catch (error) {
    fill(box, el("p", { class: "trouble", role: "alert" }, error.message));
  }
}

async function prepare() {
  const { topics } = await api("/workshop/choices");
  fill(byId("topics"), topics.map((one) => el("label", { class: "tick" }, el("input", { type: "checkbox", name: "topics", value: one.id }), el("span", {}, one.label))));
  ready = true;
}

// The quiz that the address names, with the questions taken out of it.
async function again(asked) {
  for (const tick of form.querySelectorAll("[name=topics]")) tick.checked = asked.getAll("topics").includes(tick.value);
  form.elements.level.value = asked.get("level") ?? "";
  form.elements.number.value = asked.get("number") ?? 10;
  form.elements.place.value = asked.get("place") ?? here;
  out = new Set(asked.getAll("out").map(Number));
  await make({ ...wished(), seed: Number(asked.get("seed")), ...(asked.get("as_of") ? { as_of: asked.get("as_of") } : {}) });
}

function wished() {
  const data = new FormData(form);
  return { topics: data.getAll("topics"), level: Number(data.get("level")) || null, number: Number(data.get("number")), place: data.get("place") };
}

async function make(request) {
  const made = await api("/workshop/quizzes", { json: request });
  quiz = made;
  wish = { ...request, seed: made.seed, as_of: made.as_of };
  render();
}

const pairs = () => [...wish.topics.map((topic) => ["topics", topic]), ...(wish.level ? [["level", wish.level]] : []), ["number", wish.number], ["place", wish.place], ["seed", wish.seed], ["as_of", wish.as_of]];
const kept = () => quiz.questions.filter((one) => !out.has(one.number));

function render(focus = null) {
  keep("quiz", new URLSearchParams([...pairs(), ...[...out].map((number) => ["out", number])]));
  const left = kept().length;
  fill(box,
    el("div", { class: "quiz-head" }, el("h3", {}, `课堂测验（${left}题）`),
      el("label", { class: "tick no-print" }, el("input", { type: "checkbox", checked: !box.classList.contains("without-key"), onchange: (event) => box.classList.toggle("without-key", !event.target.checked) }), el("span", {}, "显示答案（打印也一样）")),
      button("换一批", (event) => once(event.currentTarget, fresh)), button("打印这一页", () => window.print())),
    el("p", { class: "small" }, `${quiz.place}，按${day(quiz.as_of)}。题目由规则和条款生成，答案由核对程序得出。`),
    quiz.short_of ? el("p", { class: "notice" }, `按这些选项只出得了${quiz.questions.length}题，少了${quiz.short_of}题。可以多选几种题型，或不限难度。`) : "",
    el("ol", { class: "questions" }, quiz.questions.map(one)),
    left ? [opening(), handouts()] : el("p", { class: "notice" }, "题都去掉了。放回几题，或者换一批。"));
  if (focus) box.querySelector(`[data-number="${focus}"] button`)?.focus();
}

function one({ number, question, key }) {
  const gone = out.has(number);
  const place = kept().findIndex((other) => other.number === number) + 1;
  return el("li", { class: `question ${gone ? "gone" : ""}`, "data-number": number },
    el("p", { class: "stem" }, el("span", { class: "number" }, gone ? "去掉了 " : `${place}. `), question.stem),
    el("p", { class: "small no-print" }, about(question)),
    gone ? "" : [question.facts.length ? el("details", { class: "about-company" }, el("summary", {}, "企业情况"), company(question)) : "", choices(question, key.right), explained(key)],
    button(gone ? "放回" : "去掉这题", () => {
      if (gone) out.delete(number);
      else out.add(number);
      render(number);
    }, "link no-print"));
}

function fresh() {
  out = new Set();
  return make(wished());
}

function opening() {
  const started = el("form", { class: "fields opening no-print", autocomplete: "off" }, el("h3", {}, "开一个房间"),
    el("label", { class: "wide" }, el("span", {}, "名字（学员看得到）"), el("input", { name: "title", maxlength: "80", value: "课堂测验" })),
    el("label", { class: "tick" }, el("input", { type: "checkbox", name: "may_change" }), el("span", {}, "收卷以前可以改答案")),
    el("button", { type: "submit", class: "main" }, "开房间"));
  started.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(started);
    once(event.submitter, async () => {
      const room = await api("/workshop/rooms", { json: { title: data.get("title"), may_change: data.has("may_change"), quiz: wish, only: kept().map((other) => other.number) } });
      location.hash = "rooms/" + room.room.code;
    });
  });
  return started;
}

function handouts() {
  const only = out.size ? kept().map((one) => ["only", one.number]) : [];
  const path = (key) => (format) => "/workshop/handouts/quiz?" + new URLSearchParams([...pairs(), ["key", key], ["format", format], ...only]);
  return el("section", { class: "no-print" },
    downloads("只有题目", ["docx", "pdf", "pptx"], path("false")), downloads("带答案和讲解", ["docx", "pdf", "pptx"], path("true")));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  once(event.submitter, async () => {
    await fresh();
    box.focus();
  });
});

// On paper a question comes with its company.
const folded = [];
window.addEventListener("beforeprint", () => {
  folded.push(...box.querySelectorAll(".about-company:not([open])"));
  for (const one of folded) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of folded.splice(0)) one.open = false;
});
