// Which section is shown: the address says it, so that it can be sent on, reloaded and left by the back button.
import { byId } from "./dom.js";
import { route } from "./parts.js";

const SECTIONS = {
  compare: () => import("./compare.js"), samples: () => import("./samples.js"), quiz: () => import("./quiz.js"),
  rooms: () => import("./rooms.js"), screening: () => import("./screening.js"),
};
const links = [...document.querySelectorAll(".views [data-view]")];
let shown = "";

// An address that names no section (the link to the content does so) changes nothing once a section is shown.
async function show() {
  const asked = route();
  const known = links.some((link) => link.dataset.view === asked.view);
  if (!known && shown) return;
  const view = known ? asked.view : "compare";
  for (const link of links) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    byId("view-" + link.dataset.view).hidden = link.dataset.view !== view;
  }
  if (shown && shown !== view) document.dispatchEvent(new CustomEvent("leave", { detail: shown }));
  shown = view;
  document.title = `${links.find((link) => link.dataset.view === view).textContent} · 培训 · 条理`;
  const section = await SECTIONS[view]();
  if (shown === view) section.show(known ? asked : { view, item: "", asked: new URLSearchParams() });
}

window.addEventListener("hashchange", show);
show();
