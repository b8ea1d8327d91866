// The pre-check as a form: criterion by criterion what is required, how it stands, and the facts that decide it.
import { byId, el } from "./dom.js";
import { control } from "./control.js";
import { change, profile } from "./profile.js";
import { say } from "./state.js";

const OUTCOMES = { met: ["✓", "符合"], not_met: ["✗", "不符合"], unknown: ["?", "待确认"], exempt: ["–", "不考察"], declared: ["◌", "按您说明"], manual: ["◌", "评审判断"] };
const VERDICTS = { eligible: "✓", not_eligible: "✗", needs_info: "?", invalid_input: "!" };
const CHANGEABLE = { now: "现在就能补", this_year: "今年内能做", next_year: "明年能做", never: "改不了" };
const troubles = new Map();

async function set(key, value) {
  try {
    await change(value === "" ? { remove: [key] } : { set: { [key]: value } });
    troubles.delete(key);
  } catch (error) {
    troubles.set(key, { text: error.message, typed: error.status === 422 ? value : null });
  }
  say("redraw");
}

export const forget = () => troubles.clear();

// Which title, and whether for the first time.
export function chooser() {
  const { check, titles } = profile();
  const listed = check && !titles.some((one) => one.value === check.title) ? [...titles, { value: check.title, label: check.name }] : titles;
  const title = el("select", { id: "tl-title", onchange: (event) => event.target.value && begin({ title: event.target.value }) },
    check ? "" : el("option", { value: "" }, "请选择"), listed.map((one) => el("option", { value: one.value, selected: one.value === check?.title }, one.label)));
  const track = check?.tracks.length
    ? el("label", { class: "tl-field" }, el("span", {}, "这次是"), el("select", { id: "tl-track", onchange: (event) => begin({ track: event.target.value }) },
        check.track ? "" : el("option", { value: "" }, "没有说"), check.tracks.map((one) => el("option", { value: one.value, selected: one.value === check.track }, one.label))))
    : "";
  return el("div", { class: "tl-choosers" }, el("label", { class: "tl-field" }, el("span", {}, "预检哪个称号"), title), track, troubles.has("title") ? el("p", { class: "tl-wrong", role: "alert" }, troubles.get("title").text) : "");
}

export async function begin(what) {
  try {
    await change(what);
    troubles.delete("title");
  } catch (error) {
    troubles.set("title", { text: error.message, typed: null });
  }
  say("redraw");
}

export function form() {
  const { check } = profile();
  if (!check) return [];
  if (check.trouble) return [el("p", { class: "tl-wrong" }, check.trouble)];
  return [
    banner(check),
    ...check.conflicts.map((text) => el("p", { class: "tl-notice" }, text)),
    gaps(check.gaps),
    questions(check),
    el("div", { class: "tl-groups" }, check.groups.map(group)),
    check.notes.length ? el("details", { class: "tl-more" }, el("summary", {}, `说明 ${check.notes.length} 条`), check.notes.map((text) => el("p", { class: "muted" }, text))) : "",
    el("p", { class: "muted" }, check.disclaimer),
  ];
}

function banner(check) {
  return el("div", { class: `tl-verdict tl-verdict-${check.outcome}` }, el("div", { class: "tl-banner" },
    el("span", { class: "tl-banner-mark", "aria-hidden": "true" }, VERDICTS[check.outcome]),
    el("div", {}, el("p", { class: "tl-banner-text" }, check.progress), el("p", { class: "tl-counts" }, check.standard))));
}

function gaps(rows) {
  if (!rows.length) return "";
  return el("table", { class: "tl-gap-table" }, el("caption", {}, "还差什么，最早哪一轮"),
    el("thead", {}, el("tr", {}, ["条款", "怎么补", "最早"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.clause), el("td", {}, row.action), el("td", {}, row.earliest || CHANGEABLE[row.changeable])))));
}

function questions(check) {
  const next = check.questions.slice(0, 3);
  if (!next.length) return "";
  return el("section", { class: "tl-next" }, el("h3", {}, "接下来问这几件"), el("ol", {}, next.map((one) => el("li", {}, fieldOf(check, one.fact) ? el("button", { type: "button", class: "tl-jump", onclick: () => focusField(one.fact) }, one.question) : one.question))));
}

function group({ result, fields }) {
  const [mark, words] = OUTCOMES[result.outcome];
  const values = Object.entries(result.values);
  return el("section", { class: `tl-group tl-${result.outcome}`, "aria-label": `${result.clause}：${words}` },
    el("div", { class: "tl-group-head" },
      el("h3", {}, result.clause, result.citation ? el("button", { type: "button", class: "tl-link", "data-ref": result.citation, "aria-haspopup": "dialog", "aria-label": `${result.clause}的条文` }, "条文") : ""),
      el("span", { class: "tl-outcome" }, el("span", { "aria-hidden": "true" }, mark), " ", words)),
    el("p", { class: "tl-group-label" }, result.label),
    result.outcome === "not_met" && result.margin ? el("p", { class: "tl-margin" }, result.margin) : "",
    fields.map(row),
    el("details", { class: "tl-more" }, el("summary", {}, "要求和理由"),
      result.threshold ? el("p", {}, `要求：${result.threshold}`) : "",
      values.length ? el("ul", {}, values.map(([name, value]) => el("li", {}, `${name}：${value}`))) : "",
      result.margin && result.outcome !== "not_met" ? el("p", {}, result.margin) : "",
      result.note ? el("p", { class: "muted" }, result.note) : ""));
}

// One field with its question, who will know, and what is wrong with it.
export function row(field) {
  const wrong = troubles.get(field.key);
  const shown = wrong?.typed != null ? { ...field, written: wrong.typed } : field;
  const note = `tl-note-${field.key.replace("@", "-")}`;
  const made = control(shown, (value) => value !== field.written || wrong ? set(field.key, value) : null, { described: note });
  if (wrong) made.input.setAttribute("aria-invalid", "true");
  const who = [field.who && `问${field.who}`, field.evidence && `看${field.evidence}`].filter(Boolean).join("，");
  return el("div", { class: `tl-row${field.written ? " tl-filled" : ""}` },
    el("label", { for: made.id }, field.question),
    el("div", { class: "tl-inputs" }, made.nodes),
    el("p", { id: note, class: wrong ? "tl-wrong" : "tl-known-source", role: wrong ? "alert" : null }, wrong ? wrong.text : who));
}

const fieldOf = (check, key) => check.groups.some(({ fields }) => fields.some((one) => one.key === key));

function focusField(key) {
  const field = byId("tl-side").querySelector(`.tl-row [data-key="${CSS.escape(key)}"]`);
  field?.closest(".tl-row").scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}
