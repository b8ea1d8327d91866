// The page of the original file, with the lines of the chosen clause marked.
import { api, byId, el, path } from "./shared.js";

const sheet = byId("sheet");
let asked = 0;

export function hideSheet() {
  asked += 1;
  sheet.hidden = true;
  sheet.replaceChildren();
}

// The page on which a clause begins; nothing where the document did not come from a PDF.
export function showSheet({ info, pages }, node) {
  if (!pages || !node.page) return hideSheet();
  turn(info, node, node.page);
}

async function turn(info, node, page) {
  const now = ++asked;
  sheet.hidden = false;
  const at = path(info.id, "/pages/" + page);
  try {
    const found = await api(at + "?eid=" + encodeURIComponent(node.eid));
    if (now !== asked) return;
    const step = (to, text) => el("button", { type: "button", class: "quiet", disabled: to < found.first || to > found.last, onclick: () => turn(info, node, to) }, text);
    const picture = el("img", { src: "/api/v1" + at + "/picture", alt: `${found.source} 第 ${page} 页`, width: Math.round(found.width), height: Math.round(found.height) });
    const paper = el("div", { class: "paper" }, picture, found.marks.map(mark));
    sheet.replaceChildren(
      el("p", { class: "kind" }, `原件第 ${page} 页`, el("span", { class: "source" }, found.source)),
      paper,
      el("p", { class: "steps" }, step(page - 1, "← 上一页"), step(page + 1, "下一页 →")),
      found.covered ? el("p", { class: "muted" }, `这一页有 ${found.covered} 处个人信息，已经遮住。`) : "",
      found.marks.length || page !== node.page ? "" : el("p", { class: "muted" }, "这一条在页面上的位置没有认出来，所以没有标。"),
    );
  } catch (error) {
    if (now === asked) sheet.replaceChildren(el("p", { class: "kind" }, `原件第 ${page} 页`), el("p", { class: "muted" }, error.message));
  }
}

function mark(one) {
  const made = el("span", { class: "mark-line", "aria-hidden": "true" });
  for (const name of ["left", "top", "width", "height"]) made.style[name] = `${one[name] * 100}%`;
  return made;
}
