// Working through a company: one criterion after the other is guessed and then revealed with its reason, the verdict at last.
import { el } from "./dom.js";
import { button, clause, fill } from "./parts.js";

// Guesses as they stand in the address.
const GUESSES = { m: "达到", n: "没达到", u: "还不知道", s: "没有猜，直接看" };
const ENDS = { m: "符合", n: "不符合", u: "还不能判断", s: "没有猜，直接看" };
const OF = { met: "m", not_met: "n", unknown: "u", eligible: "m", not_eligible: "n", needs_info: "u", invalid_input: "u" };
const RESULTS = { yes: "✓ 达到", no: "✗ 没达到", open: "？ 不知道" };

// `facts`: the company's; `whole`: every step; `said`: a sign per guess so far; `note` keeps them.
export function work(box, facts, whole, said, note) {
  let guesses = [...said].filter((one) => one in GUESSES).slice(0, whole.total + 1).join("");
  const paint = (focus) => {
    const done = guesses.length;
    fill(box, el("h4", {}, done > whole.total ? "做完了" : `逐项判断（第${Math.min(done + 1, whole.total + 1)}步，共${whole.total + 1}步）`),
      el("ol", { class: "steps" }, whole.steps.slice(0, done).map((step, n) => revealed(step, guesses[n]))),
      done < whole.total ? ask(whole.steps[done]) : done === whole.total ? askEnd() : end());
    if (focus) box.querySelector("[data-next]")?.focus();
  };
  const guess = (sign) => {
    guesses += sign;
    note(guesses);
    paint(true);
  };
  const answers = (names) => el("div", { class: "guesses", role: "group", "aria-label": "您的判断" },
    ["m", "n", "u"].map((sign) => button(names[sign], () => guess(sign), "guess")), button("直接看", () => guess("s"), "link"));
  const ask = (step) => el("div", { class: "asking" }, el("h5", { tabindex: "-1", "data-next": true }, `${step.number}. ${step.label} `, clause(step.clause, step.citation)),
    el("p", {}, el("span", { class: "muted" }, "要求："), step.threshold), atHand(facts, step), answers(GUESSES));
  const askEnd = () => el("div", { class: "asking" }, el("h5", { tabindex: "-1", "data-next": true }, "全部看下来，这家企业符合吗？"), answers(ENDS));
  const end = () => {
    const counted = whole.steps.filter((step, n) => OF[step.outcome] && guesses[n] !== "s").length;
    const right = whole.steps.filter((step, n) => OF[step.outcome] && OF[step.outcome] === guesses[n]).length;
    return el("div", { class: `ending ending-${whole.result}`, role: "status" }, el("h5", { tabindex: "-1", "data-next": true }, `结论：${whole.result_label}`),
      el("p", {}, whole.conclusion), judged(OF[whole.result], guesses.at(-1), ENDS),
      whole.gaps.length ? [el("h6", {}, "还差什么、最早什么时候"), el("ul", { class: "dots" }, whole.gaps.map((gap) => el("li", {}, [gap.action, gap.earliest].filter(Boolean).join(" "))))] : "",
      whole.missing.length ? [el("h6", {}, "要问企业的"), el("ul", { class: "dots" }, whole.missing.map((one) => el("li", {}, one)))] : "",
      counted ? el("p", {}, `逐项判断：猜了${counted}项，对了${right}项。`) : "", el("p", { class: "muted" }, whole.disclaimer),
      button("从头再做一遍", () => {
        guesses = "";
        note(guesses);
        paint(true);
      }));
  };
  paint(false);
}

// What the company has said of what this criterion looks at.
function atHand(facts, step) {
  const these = facts.filter((one) => one.label in step.values);
  return these.length ? el("dl", { class: "fact-list at-hand" }, these.map((one) => el("div", {}, el("dt", {}, one.label), el("dd", {}, one.value)))) : "";
}

function revealed(step, guess) {
  return el("li", { class: `step step-${step.outcome}` },
    el("h5", {}, `${step.label} `, clause(step.clause, step.citation), " ", el("span", { class: "outcome" }, step.outcome_label)),
    judged(OF[step.outcome], guess, GUESSES), el("p", {}, step.reason),
    el("details", {}, el("summary", {}, "要求和数"), el("p", { class: "small" }, step.threshold),
      el("ul", { class: "parts" }, step.parts.map((part) => el("li", { class: `part-${part.result}` }, el("span", {}, part.condition), el("span", { class: "muted" }, part.value), el("span", { class: "part-result" }, RESULTS[part.result]))))));
}

// Whether the guess was right; what is not decided by figures is nobody's mistake.
function judged(right, guess, names) {
  if (guess === "s") return "";
  if (!right) return el("p", { class: "small" }, `您猜的是“${names[guess]}”；这一项不由数定，不算对错。`);
  return right === guess ? el("p", { class: "hit" }, `✓ 猜对了：${names[guess]}`) : el("p", { class: "miss" }, `✗ 您猜的是“${names[guess]}”`);
}
