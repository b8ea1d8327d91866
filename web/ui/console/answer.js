// Answering a ticket: the text, the clauses it rests on, what is doubtful about it before it goes out. What is written stays
// in this browser until it is sent; sent twice, it arrives once.
import { api, byId, el } from "./dom.js";
import { citing } from "./picker.js";
import { say } from "./words.js";

const OURS = `tiaoli-answer-${byId("console").dataset.account}-`;
const newKey = () => Date.now().toString(36) + "-" + crypto.getRandomValues(new Uint32Array(2)).join("-");

function stored(ticket) {
  try {
    return JSON.parse(localStorage.getItem(OURS + ticket)) || { text: "", clauses: [], key: newKey() };
  } catch {
    return { text: "", clauses: [], key: newKey() };
  }
}

function store(ticket, draft) {
  try {
    if (draft) localStorage.setItem(OURS + ticket, JSON.stringify(draft));
    else localStorage.removeItem(OURS + ticket);
  } catch {
    // Without storage the text stays on the page.
  }
}

// The form for an answer to `ticket`; `done(id)` is called when something was sent.
export function answering(ticket, done) {
  const draft = stored(ticket.id);
  const area = el("textarea", { id: "answer-text", rows: "6", maxlength: "4000", required: true });
  area.value = draft.text;
  const warned = el("div", { class: "heard", role: "status", "aria-live": "polite" });
  const send = el("button", { type: "submit", class: "main" }, "发出答复");
  let checked = "";

  const changed = () => {
    draft.text = area.value;
    store(ticket.id, draft);
    checked = "";
    send.textContent = "发出答复";
    warned.replaceChildren();
  };
  const cited = citing(ticket, draft.clauses, (clauses) => {
    draft.clauses = clauses;
    changed();
  }, (words) => {
    area.value = `${area.value}${area.value && !area.value.endsWith("\n") ? "\n" : ""}${words}`;
  });
  area.addEventListener("input", changed);

  async function submit(event) {
    event.preventDefault();
    const body = { text: area.value.trim(), refs: cited.refs() };
    if (!body.text || send.disabled) return;
    send.disabled = true;
    try {
      const same = JSON.stringify(body);
      if (checked !== same) {
        const { warnings } = await api(`/tickets/${ticket.id}/check`, { json: body });
        checked = same;
        if (warnings.length) {
          warned.replaceChildren(...warnings.map((one) => el("p", { class: "notice" }, one.sentence ? `“${one.sentence}”：${one.why}` : one.why)));
          send.textContent = "看过了，仍然发出";
          return;
        }
      }
      await api(`/tickets/${ticket.id}/answer`, { json: body, headers: { "Idempotency-Key": draft.key } });
      store(ticket.id, null);
      say("答复已发出，企业在自己的对话里能看到。");
      await done(ticket.id);
    } catch (error) {
      warned.replaceChildren(el("p", { class: "notice" }, error.status ? error.message : "没有发出：和服务器连不上。内容还在，请等网络恢复再发，不会重复。"));
    } finally {
      send.disabled = false;
    }
  }

  return el("section", { class: "answering" }, el("h4", {}, "答复"),
    el("form", { class: "stack", onsubmit: submit }, el("label", {}, el("span", {}, "写给企业的话（企业看得到）"), area), cited.chips, cited.search, warned, el("div", { class: "buttons" }, send)),
    noting(ticket, done));
}

function noting(ticket, done) {
  const field = el("input", { maxlength: "2000", "aria-label": "内部记录", placeholder: "内部记录，企业看不到", autocomplete: "off" });
  const key = newKey();
  return el("form", { class: "line", onsubmit: async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    try {
      await api(`/tickets/${ticket.id}/notes`, { json: { text: field.value.trim() }, headers: { "Idempotency-Key": key } });
      await done(ticket.id);
    } catch (error) {
      say(error.message, "bad");
    }
  } }, field, el("button", { type: "submit", class: "quiet" }, "记一笔"));
}
