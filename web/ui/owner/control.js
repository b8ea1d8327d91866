// One fact to fill in: a number with its unit, yes or no, a choice, a date. "不清楚" is an answer too, and stays one.
import { el } from "./dom.js";

const UNSURE = "不清楚";
let made = 0;

// The control of a field; `commit(value)` is called with what was chosen or typed ("" takes the fact out).
export function control(field, commit, { described = "" } = {}) {
  const id = `tl-control-${++made}`;
  const describe = described || null;
  if (field.kind === "flag" || field.kind === "choice") {
    const choices = field.kind === "flag" ? [{ value: "是", label: "是" }, { value: "否", label: "否" }] : field.choices;
    const entries = [{ value: "", label: "没有填" }, ...choices, { value: UNSURE, label: UNSURE }];
    const select = el("select", { id, "data-key": field.key, "aria-describedby": describe }, entries.map((one) => el("option", { value: one.value, selected: one.value === field.written }, one.label)));
    select.addEventListener("change", () => commit(select.value));
    return { id, input: select, nodes: [select] };
  }
  const date = field.kind === "date";
  const input = el("input", {
    id, type: "text", inputmode: date ? "text" : "decimal", value: field.written, "data-key": field.key, "aria-describedby": describe,
    placeholder: date ? "如 2024-03-01" : "", autocomplete: "off", maxlength: 60, class: date ? "tl-wide" : "",
  });
  const settle = () => {
    if (input.value === input.defaultValue) return;
    input.defaultValue = input.value; // no longer being typed
    commit(input.value.trim());
  };
  input.addEventListener("change", settle);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    settle();
  });
  const unsure = el("button", { type: "button", class: "tl-unsure", "aria-pressed": String(field.written === UNSURE), onclick: () => commit(field.written === UNSURE ? "" : UNSURE) }, UNSURE);
  return { id, input, nodes: [input, field.unit ? el("span", { class: "tl-unit" }, field.unit) : "", unsure] };
}
