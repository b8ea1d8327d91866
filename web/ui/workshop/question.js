// A question as it is asked, its options and, where there is one, its key.
import { el } from "./dom.js";
import { clause } from "./parts.js";

export const letter = (id) => id.toUpperCase();
const LEVELS = ["", "易", "中", "难"];

export const about = (question) => `${question.topic_label}，${LEVELS[question.level] ?? ""}`;

// The company that a question is about.
export function company(question) {
  if (!question.facts.length) return "";
  return el("dl", { class: "fact-list" }, question.facts.map((one) => el("div", {}, el("dt", {}, one.label), el("dd", {}, one.value))));
}

// The options as a list; the right one is marked by word and colour.
export function choices(question, right = "") {
  return el("ol", { class: "choices-list" }, question.options.map((one) => el("li", { class: right === one.id ? "right" : "" },
    el("span", { class: "letter" }, letter(one.id)), el("span", {}, one.text), right === one.id ? el("span", { class: "right-word" }, "✓ 正确") : "")));
}

// The right answer with clause and reason.
export function explained(key) {
  if (!key.right) return el("div", { class: "key" }, el("p", {}, "收录的文件变了，这一题现在没有正确的选项，不算分。"), key.explanation ? el("p", {}, key.explanation) : "");
  return el("div", { class: "key" }, el("p", {}, el("strong", {}, `答案：${letter(key.right)} ${key.answer} `), clause(key.clause, key.citation)), el("p", {}, key.explanation));
}
