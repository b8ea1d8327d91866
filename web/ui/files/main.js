// Which view is shown: the address says it, so that a view can be sent on and the back button works.
import { showCare } from "./care.js";
import { showChanges } from "./changes.js";
import { showDocument } from "./document.js";
import { watchImports } from "./imports.js";
import { showList } from "./list.js";
import { byId } from "./shared.js";
import { showTimeline } from "./timeline.js";

const VIEWS = { list: showList, timeline: showTimeline, changes: showChanges, care: showCare };

function show() {
  const asked = new URLSearchParams(location.search);
  const id = asked.get("id");
  const view = id ? "document" : asked.get("view") in VIEWS ? asked.get("view") : "list";
  for (const name of [...Object.keys(VIEWS), "document"]) byId(name).hidden = name !== view;
  for (const link of document.querySelectorAll(".views a")) {
    if (!id && (link.dataset.view || "list") === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  return id ? showDocument(id, asked.get("eid"), asked.get("as_of")) : VIEWS[view](asked);
}

export function go(where, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", where);
  show();
}

// Links inside the page change the view only; opened in a new tab they work like any other.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-go]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.getAttribute("href"));
  window.scrollTo({ top: 0 });
});
window.addEventListener("popstate", show);
watchImports(show);
show();
