// A thumb for an answer, and after 没用 a word on what was wrong.
import { api, el } from "./dom.js";
import { choices, closeDialog, form, openDialog } from "./dialog.js";

const THANKS = { up: "谢谢，记下了。", down: "谢谢，记下了，我们会去查这次回答。" };
const rated = new Map();

async function rate(key, verdict, comment = "") {
  await api("/feedback", { json: { turn: key, verdict, comment } });
  rated.set(key, verdict);
  paint(key);
}

// The answer may have been drawn anew since, so it is looked up by its key.
function paint(key, trouble = "") {
  const bar = document.querySelector(`#tl-${CSS.escape(key)} .tl-actions`);
  if (!bar) return;
  const verdict = rated.get(key);
  bar.querySelectorAll("[data-rate]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.rate === verdict)));
  const said = bar.querySelector(".tl-rated"), text = trouble || THANKS[verdict] || "";
  if (said.textContent !== text) said.textContent = text;
}

export async function thumb(button) {
  const { key, rate: verdict } = button.dataset;
  try {
    await rate(key, verdict);
  } catch (error) {
    return paint(key, `评价没有存下来：${error.message}`);
  }
  if (verdict === "down") ask(button, key);
  return undefined;
}

function ask(button, key) {
  openDialog("哪里不对？", [form(async (data) => {
    const comment = data.get("comment").trim();
    if (comment) await rate(key, "down", comment);
    closeDialog();
  },
  el("label", { for: "tl-comment" }, "说说哪里不对、您原本想知道什么（可以不写）"),
  el("textarea", { id: "tl-comment", name: "comment", rows: 4, maxlength: 1000, autofocus: true }),
  el("p", { class: "muted" }, "没用的评价已经记下。请不要写身份证号、电话等个人信息，写了也会先遮住再存。"),
  choices("发送", { no: "不写了" }))], button);
}

export const repaint = () => rated.forEach((_, key) => paint(key));
