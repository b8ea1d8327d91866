// Handing the conversation to a specialist: what goes with it, how it stands, the answer when it comes.
import { api, byId, el } from "./dom.js";
import { choices, closeDialog, form, openDialog } from "./dialog.js";
import { profile } from "./profile.js";
import { keep, newKey, notice, on, path, read, tell, thread } from "./state.js";
import { busy, show } from "./talk.js";

const LOOK_EVERY = 8000, HANDED = "tiaoli-handed-over", MOST = 50;
const box = byId("tl-handoff");
let known = null, timer = 0, writing = "", sending = null;

const WORDS = {
  waiting: () => "已转给专员，排队中",
  claimed: ({ specialist }) => `专员${specialist}处理中`,
  answered: ({ specialist }) => `专员${specialist}已答复`,
  closed: () => "这次转人工已经办结",
};

export function ask(from) {
  if (known && known.state !== "closed") {
    box.scrollIntoView({ block: "center" });
    box.querySelector("textarea, button")?.focus();
    return;
  }
  const turns = document.querySelectorAll(".tl-exchange").length;
  if (!thread() || (!turns && !profile().facts.length)) return notice("先说说您的问题或者企业情况，再转人工，专员就不用从头问起。");
  const cited = new Set([...document.querySelectorAll(".tl-source-clause")].map((one) => one.textContent)).size;
  const open = profile().check?.open ?? 0;
  const goes = [`这个对话的 ${turns} 轮问答`, `记下的企业情况 ${profile().facts.length} 项`, cited ? `引用过的条款 ${cited} 条` : "", open ? `预检里还没定的 ${open} 项` : ""].filter(Boolean);
  openDialog("转人工", [form(send, el("p", {}, "下面这些会交给服务专员，您不用再说一遍："), el("ul", { class: "tl-goes" }, goes.map((one) => el("li", {}, one))),
    el("label", { for: "tl-wish" }, "想请专员帮什么（可以不写）"), el("textarea", { id: "tl-wish", name: "wish", rows: 3, maxlength: 1000, autofocus: true }),
    el("details", { class: "tl-more" }, el("summary", {}, "留个联系方式（可以不留）"),
      [["name", "怎么称呼", "name"], ["phone", "电话", "tel"], ["email", "邮箱", "email"]].map(([name, label, auto]) => el("label", { class: "tl-field" }, el("span", {}, label), el("input", { name, autocomplete: auto, maxlength: 80, type: name === "phone" ? "tel" : "text" }))),
      el("p", { class: "muted" }, "联系方式只给办这件事的专员看，删除对话时一起删掉。不留也行，答复会出现在这个页面上。")),
    choices("转给专员"))], from);
}

async function send(data) {
  const given = Object.fromEntries(["name", "phone", "email"].map((name) => [name, data.get(name).trim()]).filter(([, value]) => value));
  const wish = data.get("wish").trim();
  take(await api("/tickets", { json: { thread: thread(), ...(wish ? { wish } : {}), ...(Object.keys(given).length ? { contact: given } : {}) } }));
  keep("localStorage", HANDED, [...new Set([thread(), ...handed()])].slice(0, MOST));
  closeDialog();
  tell("changed");
  box.scrollIntoView({ block: "nearest" });
}

// The state of the ticket; a new message of the specialist is a turn of the conversation, so that is shown anew.
function take(found) {
  const before = known;
  known = found;
  draw();
  clearTimeout(timer);
  if (found && found.state !== "closed") timer = setTimeout(look, LOOK_EVERY);
  if (before && found && before.number === found.number && found.messages.length > before.messages.length && !busy()) show();
}

// Threads that were handed over from this browser; others are not asked after.
const handed = () => read("localStorage", HANDED) ?? [];
const isHanded = (id) => handed().includes(id) || document.querySelector(".tl-desk") !== null;

async function look() {
  const asked = thread();
  if (!asked || !isHanded(asked)) return take(null);
  if (document.hidden) return void (timer = setTimeout(look, LOOK_EVERY));
  try {
    const found = await api(path("/ticket"));
    if (asked === thread()) take(found);
  } catch (error) {
    if (asked !== thread()) return undefined;
    if (error.status === 404) take(null);
    else timer = setTimeout(look, LOOK_EVERY);
  }
  return undefined;
}

function draw() {
  box.hidden = !known;
  if (!known) return box.replaceChildren();
  const ticket = known;
  const text = WORDS[ticket.state](ticket);
  const typed = box.querySelector("textarea")?.value ?? writing;
  const focused = box.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA";
  if (box.dataset.text === text && box.dataset.ticket === ticket.number) return undefined;
  box.dataset.text = text;
  box.dataset.ticket = ticket.number;
  const field = el("textarea", { id: "tl-to-desk", name: "text", rows: 2, maxlength: 1000 });
  field.value = typed;
  box.replaceChildren(
    el("p", { class: `tl-ticket tl-ticket-${ticket.state}`, role: "status" }, el("b", {}, text), el("span", { class: "muted" }, `编号 ${ticket.number}`)),
    ...(ticket.notes ?? []).map((note) => el("p", { class: "muted" }, note)),
    ticket.state === "waiting" ? el("p", { class: "muted" }, "答复会出现在这个对话里，关掉页面以后从“历史”里再打开也看得到。") : "",
    form(write, el("label", { for: "tl-to-desk" }, ticket.state === "closed" ? "还有话要跟专员说" : "给专员补充一句"), field, el("div", { class: "tl-choices" },
      ticket.state === "waiting" || ticket.state === "claimed" ? el("button", { type: "button", class: "tl-tool", onclick: withdraw }, "不用了，撤回") : "",
      el("button", { type: "submit", class: "tl-tool tl-tool-main" }, "发给专员"))),
  );
  if (focused) field.focus();
  return undefined;
}

async function write(data) {
  const text = data.get("text").trim();
  if (!text) return;
  if (sending?.text !== text) sending = { text, key: newKey() }; // sent again after a lost connection, it counts once
  const found = await api(path("/ticket/messages"), { json: { text }, headers: { "Idempotency-Key": sending.key } });
  sending = null;
  box.querySelector("textarea").value = "";
  take(found);
  show();
}

async function withdraw() {
  try {
    take(await api(path("/ticket/withdraw"), { method: "POST" }));
  } catch (error) {
    notice(`没有撤回：${error.message}`);
  }
}

export function start() {
  on("thread", () => {
    known = null;
    writing = "";
    delete box.dataset.text;
    draw();
    clearTimeout(timer);
    look();
  });
  on("shown", () => !known && document.querySelector(".tl-desk") && look());
  on("elsewhere", ({ kind, thread: about }) => kind === "changed" && about === thread() && look());
  document.addEventListener("visibilitychange", () => !document.hidden && known && known.state !== "closed" && look());
  look();
}
