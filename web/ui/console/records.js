// Calls that were taken: found again, read as a record, copied, gone on with.
import { api, byId, day, el } from "./dom.js";
import { begin, flush, open, state, today } from "./call.js";
import { OUTCOMES, copy, fill, moment, onTyped, say, sure } from "./words.js";

const form = byId("record-filter");
let asked = 0;

export async function showRecords() {
  const turn = ++asked;
  const { which, q } = Object.fromEntries(new FormData(form));
  const query = new URLSearchParams({ q, ...(which === "everyone" ? { everyone: true } : {}), ...(which === "open" ? { open: true } : {}) });
  try {
    await flush();
    const found = await api("/calls?" + query);
    if (turn !== asked) return;
    byId("record-count").textContent = found.calls.length ? `${found.calls.length} 通` : "没有符合的通话记录。";
    byId("records").replaceChildren(...found.calls.map(row));
  } catch (error) {
    if (turn === asked) byId("record-count").textContent = error.message;
  }
}

function row(one) {
  const owed = one.owed ? `${one.owed} 件没办${one.next_due ? `，${day(one.next_due)}前` : ""}` : "";
  return el("li", {}, el("button", { type: "button", class: "row", onclick: () => pick(one.id) },
    el("span", { class: "row-title" }, one.company || one.caller || "没有写企业"),
    el("span", { class: "row-meta" }, el("span", {}, moment(one.started)), el("span", {}, one.finished ? "" : "没有结束"), el("span", {}, one.company ? one.caller : ""),
      one.title ? el("span", {}, `${one.title}${one.outcome ? `：${OUTCOMES[one.outcome]}` : ""}`) : "",
      owed ? el("span", { class: one.next_due && one.next_due < today ? "late" : "due" }, owed) : "")));
}

function pick(id) {
  document.dispatchEvent(new CustomEvent("view", { detail: "records" }));
  showRecord(id);
}

// The record of one call, from the server or as it was just given back.
export async function showRecord(id, given) {
  const box = byId("record");
  try {
    const view = given || (await api("/calls/" + id));
    const { text, parts } = view.summary;
    fill(box,
      el("div", { class: "record-head" }, el("h3", {}, view.call.draft.company || view.call.draft.caller || "通话记录"),
        el("div", { class: "buttons" },
          el("button", { type: "button", class: "main", onclick: async () => say((await copy(text)) ? "整份记录已复制。" : "浏览器不让复制，请选中文字自己复制。") }, "复制整份"),
          el("button", { type: "button", class: "quiet", onclick: () => goOn(id) }, view.mine ? "回到这通电话" : "打开看"),
          view.mine ? el("button", { type: "button", class: "quiet danger-text", onclick: () => remove(id) }, "删除") : "")),
      view.mine ? "" : el("p", { class: "notice" }, "这是同事接的电话，只能看；姓名已经隐去。"),
      parts.map((part) => el("section", {}, el("h4", {}, part.heading), part.lines.map((line) => el("p", {}, line)))),
    );
    box.focus();
  } catch (error) {
    box.replaceChildren(el("p", { class: "trouble" }, error.message));
  }
}

async function goOn(id) {
  try {
    await open(id);
    document.dispatchEvent(new CustomEvent("view", { detail: "call" }));
    document.dispatchEvent(new CustomEvent("pane", { detail: "call" }));
  } catch (error) {
    say(error.message, "bad");
  }
}

async function remove(id) {
  if (!(await sure("删除这通电话？", "情况、记录和答应的事一起删掉，不能恢复。"))) return;
  try {
    await api("/calls/" + id, { method: "DELETE" });
    if (state.id === id) await begin();
    byId("record").replaceChildren(el("p", { class: "muted" }, "已经删除。"));
    showRecords();
  } catch (error) {
    say(error.message, "bad");
  }
}

form.addEventListener("change", showRecords);
form.addEventListener("submit", (event) => event.preventDefault());
onTyped(form.elements.q, showRecords);

// What is not done yet, for the empty page: calls that go on, promises to keep.
async function due() {
  const { calls } = await api("/calls?open=true&limit=5").catch(() => ({ calls: [] }));
  const open = calls.filter((one) => one.id !== state.id);
  fill(byId("due"), open.length ? [el("h3", {}, "还没有办完"), el("ul", { class: "queue-list" }, open.map(row))] : "");
}
document.addEventListener("call-opened", due);
due();
