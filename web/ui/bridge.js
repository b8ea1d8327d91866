// The page's own behaviour, in one place. Elements say what they do by data attributes; whatever needs the server is
// handed to it as an event of this component (ask, fill, rate, resume).
const page = document;
const wide = window.matchMedia("(min-width: 1180px)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const panel = page.getElementById("tl-panel");
const content = panel.querySelector(".tl-panel-content");
let opener = null;
let shownKey = "";

const EVENTS = { ask: "ask", fill: "fill", rate: "rate", resume: "resume" };
const composer = () => page.querySelector("#tl-message textarea");

function openClause(button) {
  const source = page.getElementById("tl-clause-" + button.dataset.cite);
  if (!source) return;
  content.replaceChildren(...[...source.cloneNode(true).childNodes]);
  page.querySelectorAll("[data-cite].tl-current").forEach((one) => one.classList.remove("tl-current"));
  button.classList.add("tl-current");
  opener = button;
  if (panel.open) panel.close();
  opener = button;
  if (wide.matches) {
    panel.show();
    page.getElementById("tl-page").classList.add("tl-beside");
  } else {
    panel.showModal();
  }
  content.scrollTop = 0;
  panel.querySelector(".tl-close").focus();
}

panel.addEventListener("close", () => {
  page.getElementById("tl-page").classList.remove("tl-beside");
  page.querySelectorAll(".tl-current").forEach((one) => one.classList.remove("tl-current"));
  if (opener && opener.isConnected) opener.focus();
  opener = null;
});

async function copy(button) {
  const text = page.querySelector("#tl-" + button.dataset.copy + " .tl-plain").textContent;
  const label = button.querySelector("span");
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard without https, except on this machine: the older way.
    const field = page.createElement("textarea");
    field.value = text;
    page.body.append(field);
    field.select();
    done = page.execCommand("copy");
    field.remove();
    button.focus();
  }
  label.textContent = done ? "已复制" : "没有复制成功";
  setTimeout(() => (label.textContent = "复制"), 2000);
}

page.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const button = target && target.closest("[data-cite],[data-ask],[data-fill],[data-rate],[data-copy],.tl-close");
  if (!button) {
    if (target === panel) panel.close(); // the backdrop
    return;
  }
  if (button.dataset.cite) openClause(button);
  else if (button.dataset.ask) trigger(EVENTS.ask, { text: button.dataset.ask });
  else if (button.dataset.rate) trigger(EVENTS.rate, { key: button.dataset.key, verdict: button.dataset.rate });
  else if (button.dataset.copy) copy(button);
  else if (button.dataset.fill) {
    trigger(EVENTS.fill, { text: button.dataset.fill });
    composer()?.focus();
  } else panel.close();
});

page.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.open) {
    event.preventDefault();
    panel.close();
  }
});

// The newest question moves to the top once; the thread is remembered for a reload of this tab.
function noticed() {
  const live = page.querySelector("#tl-live .tl-exchange");
  const thread = page.querySelector("#tl-thread [data-thread]");
  if (thread) sessionStorage.setItem("tiaoli-thread", thread.dataset.thread);
  if (!live || live.dataset.key === shownKey) return;
  const resumed = shownKey === "";
  shownKey = live.dataset.key;
  opener = null;
  if (panel.open) panel.close();
  if (!page.querySelector("#tl-past .tl-exchange")) window.scrollTo({ top: 0 });
  else live.scrollIntoView({ block: "start", behavior: still.matches || resumed ? "auto" : "smooth" });
}
new MutationObserver(noticed).observe(page.getElementById("tl-page"), { subtree: true, childList: true, attributes: true });

// Gradio's own notices (a lost connection, mostly) come in English; people read a sentence in Chinese.
const NOTICES = [
  [/connection|reconnect/i, "和服务器的连接断了，正在重新连接。您的问题还在输入框里，连上以后再发一次。"],
  [/too large|413/i, "内容太长了，请缩短后再发。"],
];
function inChinese() {
  page.querySelectorAll(".toast-close").forEach((button) => button.setAttribute("aria-label", "关闭提示"));
  page.querySelectorAll(".toast-wrap").forEach((box) => {
    const walker = page.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const part = walker.currentNode;
      if (!/[a-z]{2}/i.test(part.data)) continue;
      const known = NOTICES.find(([pattern]) => pattern.test(part.data));
      part.data = part.parentElement.closest(".toast-title") ? "提示" : known ? known[1] : "这一步没有成功，请再试一次。";
    }
  });
}
new MutationObserver(inChinese).observe(page.body, { subtree: true, childList: true });

if (window.matchMedia("(hover: hover)").matches) composer()?.focus({ preventScroll: true });
const known = sessionStorage.getItem("tiaoli-thread");
if (known) trigger(EVENTS.resume, { thread: known });
