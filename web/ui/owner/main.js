// What every button of the page does; elements say it by data attributes.
import { byId } from "./dom.js";
import * as cards from "./cards.js";
import { copy } from "./copy.js";
import * as dialog from "./dialog.js";
import { repaint, thumb } from "./feedback.js";
import * as handoff from "./handoff.js";
import * as history from "./history.js";
import * as panel from "./panel.js";
import * as profile from "./profile.js";
import { save } from "./save.js";
import * as side from "./side.js";
import { notice, on } from "./state.js";
import * as talk from "./talk.js";

const wide = window.matchMedia("(min-width: 1180px)");

const DOINGS = {
  new: () => talk.open(),
  ask: () => byId("tl-text").focus(),
  precheck: (button) => {
    const box = byId("tl-titles");
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (box.hidden) return;
    box.scrollIntoView({ block: "nearest" });
    box.querySelector("button").focus({ preventScroll: true });
  },
  side: (button) => side.toggleSide(button),
  form: (button) => side.openSide({ part: "check", from: button }),
  "close-side": side.closeSide,
  "close-panel": panel.closeClause,
  "close-dialog": dialog.closeDialog,
  handoff: (button) => handoff.ask(button),
  history: () => history.showHistory(),
  dismiss: () => notice(),
};

// A title to pre-check: asked in the conversation, with the form beside it where there is room.
function check(button) {
  side.closeSide();
  talk.send(`我们能报${button.dataset.name}吗？`);
  if (wide.matches) side.openSide({ part: "check", focus: false });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const menu = byId("tl-export");
  if (menu.open && !target?.closest("#tl-export")) menu.open = false;
  const button = target?.closest("[data-do],[data-cite],[data-ref],[data-ask],[data-check],[data-edit],[data-rate],[data-copy],[data-export]");
  if (!button) return;
  const { dataset } = button;
  if (dataset.do) DOINGS[dataset.do]?.(button);
  else if (dataset.cite) panel.openClause(button);
  else if (dataset.ref) panel.openReference(button);
  else if (dataset.ask) talk.send(dataset.ask);
  else if (dataset.check) check(button);
  else if (dataset.edit) side.openSide({ key: dataset.edit, from: button });
  else if (dataset.rate) thumb(button);
  else if (dataset.copy) copy(button);
  else if (dataset.export) save(dataset.export);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (byId("tl-export").open) byId("tl-export").open = false;
  else if (byId("tl-side").open && !byId("tl-dialog").open) side.closeSide();
});

on("shown", repaint);
for (const part of [panel, dialog, side, cards, history, handoff, talk, profile]) part.start();
