// What the specialist writes: who calls, notes, promises; and the clauses that were told.
import { byId, el } from "./dom.js";
import { change, state, today } from "./call.js";
import { openRef } from "./clause.js";
import { moment, say, until } from "./words.js";

const caller = byId("caller");
const AT_ONCE = new Set(["title", "track"]);

caller.addEventListener("input", ({ target }) => change({ [target.name]: target.value || (AT_ONCE.has(target.name) ? null : "") }, { now: AT_ONCE.has(target.name) }));
caller.addEventListener("submit", (event) => event.preventDefault());
byId("notes").addEventListener("input", ({ target }) => change({ notes: target.value }));

function shown() {
  const told = state.draft.shown;
  byId("shown").replaceChildren(...told.map((one) => el("li", {},
    el("button", { type: "button", class: "link", onclick: () => openRef({ ref: one.ref }) }, one.source),
    state.mine ? el("button", { type: "button", class: "chip-drop", "aria-label": `去掉${one.source}`, onclick: () => withoutShown(one) }, "×") : "")));
  if (!told.length) byId("shown").replaceChildren(el("li", { class: "none muted" }, "复制或念过的条款会记在这里。"));
}

function withoutShown(one) {
  change({ shown: state.draft.shown.filter((other) => other !== one) });
  shown();
}

function promises() {
  byId("promises").replaceChildren(...state.draft.promises.map(promise));
}

function promise(one) {
  const late = !one.done && one.due && one.due < today;
  const tick = el("input", { type: "checkbox", checked: one.done, disabled: !state.mine, onchange: (event) => replace(one, { ...one, done: event.target.checked }) });
  return el("li", { class: one.done ? "done" : "" },
    el("label", {}, tick, el("span", {}, one.text), el("span", { class: late ? "late" : "muted" }, late ? `${until(one.due)}，过期了` : until(one.due))),
    state.mine ? el("button", { type: "button", class: "chip-drop", "aria-label": `去掉“${one.text}”`, onclick: () => replace(one) }, "×") : "");
}

function replace(one, other) {
  change({ promises: state.draft.promises.flatMap((each) => (each === one ? (other ? [other] : []) : [each])) });
  promises();
}

byId("promise").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("promise-text");
  if (!text.value.trim()) return text.focus();
  if (state.draft.promises.length >= 50) return say("一通电话最多记 50 件答应的事。", "bad");
  change({ promises: [...state.draft.promises, { text: text.value.trim(), due: byId("promise-due").value || null, done: false }] });
  text.value = "";
  byId("promise-due").value = "";
  promises();
  text.focus();
});

function all() {
  for (const field of caller.elements) if (field.name) field.value = state.draft[field.name] || "";
  byId("notes").value = state.draft.notes;
  for (const field of [...caller.elements, byId("notes"), ...byId("tell").elements, ...byId("promise").elements]) field.disabled = !state.mine;
  byId("theirs").hidden = state.mine;
  byId("theirs").textContent = "这是同事接的电话，只能看；姓名已经隐去。";
  byId("finish").disabled = !state.mine;
  since();
  shown();
  promises();
}

function since() {
  const one = state.view?.call;
  byId("since").textContent = one ? `${moment(one.started)}开始${one.finished ? `，${moment(one.finished)}结束` : ""}` : "";
}

document.addEventListener("call-opened", all);
document.addEventListener("call-view", () => {
  since();
  for (const name of AT_ONCE) if (document.activeElement !== caller.elements[name]) caller.elements[name].value = state.draft[name] || "";
});
document.addEventListener("shown-changed", shown);
all();
