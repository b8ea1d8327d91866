// One dialog for what is asked in passing: handing over, history, deleting, a word on an answer.
import { byId, el } from "./dom.js";

const dialog = byId("tl-dialog"), heading = byId("tl-dialog-title"), body = byId("tl-dialog-body");
let opener = null;

export function openDialog(title, nodes, from = document.activeElement) {
  opener = dialog.open ? opener : from;
  heading.textContent = title;
  body.replaceChildren(...nodes);
  if (!dialog.open) dialog.showModal();
  (body.querySelector("[autofocus]") ?? heading).focus();
}

export const closeDialog = () => dialog.open && dialog.close();

// Two buttons under a form: the one that does it, and the way out.
export function choices(done, { danger = false, no = "取消" } = {}) {
  return el("div", { class: "tl-choices" },
    el("button", { type: "button", class: "tl-tool", onclick: closeDialog }, no),
    el("button", { type: "submit", class: `tl-tool ${danger ? "tl-tool-danger" : "tl-tool-main"}` }, done));
}

// A form that does `work` once however often it is sent, and says under itself what went wrong.
export function form(work, ...nodes) {
  const wrong = el("p", { class: "tl-wrong", role: "alert", hidden: true });
  const made = el("form", { class: "tl-form" }, nodes.slice(0, -1), wrong, nodes.at(-1));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (made.dataset.busy) return;
    made.dataset.busy = "yes";
    wrong.hidden = true;
    try {
      await work(new FormData(made));
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
    delete made.dataset.busy;
  });
  return made;
}

export function start() {
  dialog.addEventListener("close", () => {
    if (opener?.isConnected) opener.focus();
    opener = null;
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // the backdrop
}
