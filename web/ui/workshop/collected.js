// The companies collected for a handout; this browser keeps them.
import { byId, el } from "./dom.js";
import { button, downloads, fill } from "./parts.js";

const KEY = "tiaoli-workshop-collected";
const MOST = 30;
const box = byId("collected");
let here = [];

export function collected() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    here = Array.isArray(found) ? found.filter((one) => one.id && one.name) : [];
  } catch {
    // Without storage the list holds for this page.
  }
  return here;
}

// In, or out where it is in already.
export function collect(company) {
  const before = collected();
  const without = before.filter((one) => one.id !== company.id);
  put(without.length < before.length ? without : [...before, { id: company.id, name: company.name, about: `${company.title}，${company.kind_label}` }].slice(-MOST));
}

function put(list) {
  here = list;
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // See above.
  }
  document.dispatchEvent(new CustomEvent("collected"));
}

export function showCollected(open) {
  const list = collected();
  box.hidden = !list.length;
  const path = (solved) => (format) => "/workshop/handouts/samples?" + new URLSearchParams([...list.map((one) => ["company", one.id]), ["solved", String(solved)], ["format", format]]);
  fill(box, el("h3", {}, `讲义里的企业（${list.length}家）`),
    el("ol", {}, list.map((one) => el("li", {}, button(one.name, () => open(one.id), "link"), el("span", { class: "muted" }, ` ${one.about} `),
      button("拿掉", () => {
        put(list.filter((other) => other.id !== one.id));
        showCollected(open);
      }, "link", { "aria-label": `拿掉${one.name}` })))),
    downloads("练习（没有答案）", ["docx", "pdf"], path(false)), downloads("答案", ["docx", "pdf"], path(true)));
}
