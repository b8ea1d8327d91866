// What is known, as chips: what, how much, from where; each can be corrected in place or taken out.
import { byId, el } from "./dom.js";
import { control } from "./control.js";
import { change, profile } from "./profile.js";

let editing = "", trouble = "";

export const edit = (key) => {
  editing = key;
  trouble = "";
};

export function facts(redraw) {
  const list = profile().facts;
  if (!list.length) return [el("p", { class: "muted" }, "还没有记下企业情况。在对话里说，或者在下面填，都会记在这里。")];
  return [el("ul", { class: "tl-facts" }, list.map((fact) => el("li", { class: `tl-known tl-known-${fact.state}` }, fact.key === editing && fact.editable ? editor(fact, redraw) : chip(fact, redraw))))];
}

const from = (fact) => fact.source + (fact.turn ? `（第${fact.turn}轮）` : "");

function chip(fact, redraw) {
  const label = `${fact.label}：${fact.value}。${from(fact)}`;
  const face = [el("span", { class: "tl-known-label" }, fact.label), el("b", {}, fact.value), el("span", { class: "tl-known-source" }, from(fact))];
  const start = () => {
    edit(fact.key);
    redraw();
    byId("tl-side").querySelector(".tl-editor :is(input, select)")?.focus();
  };
  const body = fact.editable
    ? el("button", { type: "button", class: "tl-known-face", title: from(fact), "aria-label": `${label}。点一下更正`, "data-chip": fact.key, onclick: start }, face)
    : el("div", { class: "tl-known-face", title: from(fact) }, face);
  return [body, el("button", { type: "button", class: "tl-quiet", "aria-label": `去掉${fact.label}`, onclick: () => take(fact, redraw) }, "✕")];
}

function editor(fact, redraw) {
  const done = (said) => {
    edit("");
    trouble = said ?? "";
    redraw();
    byId("tl-side").querySelector(`[data-chip="${CSS.escape(fact.key)}"]`)?.focus();
  };
  const commit = async (value) => {
    if (value === fact.written) return done();
    try {
      editing = "";
      await change(value === "" ? { remove: [fact.key] } : { set: { [fact.key]: value } });
      done();
    } catch (error) {
      editing = error.status === 409 ? "" : fact.key;
      trouble = error.message;
      redraw();
      byId("tl-side").querySelector(".tl-editor :is(input, select)")?.focus();
    }
  };
  const made = control(fact, commit, { described: "tl-editor-note" });
  return el(
    "div", { class: "tl-editor", onkeydown: (event) => event.key === "Escape" && (event.stopPropagation(), event.preventDefault(), done()) },
    el("label", { for: made.id }, fact.label),
    el("div", { class: "tl-inputs" }, made.nodes, el("button", { type: "button", class: "tl-quiet", onclick: () => done() }, "完成")),
    el("p", { id: "tl-editor-note", class: trouble ? "tl-wrong" : "tl-known-source", role: trouble ? "alert" : null }, trouble || from(fact)),
  );
}

async function take(fact, redraw) {
  try {
    await change({ remove: [fact.key] });
  } catch (error) {
    trouble = error.message;
  }
  redraw();
  (byId("tl-side").querySelector(".tl-known button") ?? byId("tl-side-title")).focus();
}

export const factsTrouble = () => (editing ? "" : trouble);
