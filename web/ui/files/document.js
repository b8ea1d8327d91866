// One document: what it is, its tree of clauses, and the chosen clause with its wording beside the digest.
import { api, address, badge, byId, day, el, paragraphs, path } from "./shared.js";
import { go } from "./main.js";
import { hideSheet, showSheet } from "./sheet.js";

const KINDS = { form: "表单", table: "表格" };
const wide = window.matchMedia("(min-width: 900px)");
let tree = null;
let flat = [];
let shown = "";

// Show a document, and one of its clauses where one is asked for; on a wide screen the first otherwise.
export async function showDocument(id, eid, asOf) {
  const key = id + "@" + (asOf || "");
  if (shown !== key) {
    shown = key;
    byId("trouble").hidden = true;
    byId("reader").hidden = true;
    byId("head").replaceChildren(el("p", { class: "muted" }, "正在打开……"));
    try {
      const found = await api(path(id, "/tree") + (asOf ? "?as_of=" + asOf : ""));
      if (shown !== key) return;
      tree = { ...found, asOf };
    } catch (error) {
      if (shown === key) trouble(error.message);
      return;
    }
    flat = flatten(tree.nodes);
    head();
    contents();
  }
  choose(eid);
}

function trouble(text) {
  shown = "";
  byId("head").replaceChildren();
  byId("trouble").textContent = text;
  byId("trouble").hidden = false;
}

const flatten = (nodes) => nodes.flatMap((node) => [...(node.eid ? [node] : []), ...flatten(node.children)]);

function head() {
  const one = tree.info;
  document.title = `${one.title} · 条理`;
  const relations = one.relations.map((r) => `${RELATION[r.kind] || r.kind}《${r.title || r.target}》${r.scope ? "：" + r.scope : ""}`);
  const facts = [
    ["文号", one.number || "未印文号"],
    ["发文机关", one.issuer || "没有认出"],
    ["地区", one.place || "没有认出"],
    ["印发", day(one.signed) || "没有印日期"],
    ["施行", [day(one.in_force_from), one.in_force_until ? `至${day(one.in_force_until)}` : ""].filter(Boolean).join(" ") || "没有印日期"],
    ["效力", one.validity_note],
    ["关系", relations.join("；")],
    ["没有收录", one.missing.join("；")],
    ["说明", one.notes.join("；")],
  ];
  byId("head").replaceChildren(
    el("h1", {}, one.title),
    el("p", { class: "row-meta" }, badge(one.validity, one.validity_label), el("span", {}, `${tree.total} 条`),
      el("span", {}, one.original ? "有原文" : "没有导入原文"), el("span", {}, one.clauses ? "有摘要" : "没有摘要")),
    el("p", {}, el("a", { href: address({ view: "changes", earlier: one.id }), "data-go": "changes" }, "和别的文件逐条对照")),
    el("details", { class: "facts", open: wide.matches },
      el("summary", {}, "文件信息"),
      el("dl", {}, facts.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
      one.original ? el("button", { type: "button", class: "quiet danger-text", onclick: remove }, "删除导入的原文") : ""),
    tree.doubts.map((words) => el("p", { class: "doubt" }, words)),
  );
  byId("reader").hidden = false;
}

const RELATION = {
  repeals: "废止", supersedes: "取代", based_on: "依据", displaces: "优先于", displaced_by: "让位于", implements: "落实", refers_to: "提到",
};

function contents() {
  byId("contents").open = wide.matches;
  byId("tree").replaceChildren(el("ul", {}, tree.nodes.map(branch)));
  if (!flat.length) byId("tree").replaceChildren(el("p", { class: "muted" }, "这份文件只有目录，没有条款。导入原文后可以逐条看。"));
}

function branch(node) {
  const name = [el("span", { class: "label" }, node.label), node.heading || (node.eid ? beginning(node) : "")];
  const inner = node.children.length ? el("ul", {}, node.children.map(branch)) : "";
  if (!node.eid) return el("li", { class: "group" }, el("details", { open: true }, el("summary", {}, node.label), inner));
  return el("li", {}, el("a", { href: where(node.eid), "data-go": "clause", "data-eid": node.eid }, name), inner);
}

const beginning = (node) => (node.original || node.digest).slice(0, 24);
const where = (eid) => address({ id: tree.info.id, eid, as_of: tree.asOf });

function choose(eid) {
  const node = flat.find((one) => one.eid === eid) || (eid ? null : wide.matches ? flat[0] : null);
  for (const link of byId("tree").querySelectorAll("[data-eid]")) {
    if (node && link.dataset.eid === node.eid) {
      link.setAttribute("aria-current", "true");
      const box = byId("contents");
      if (wide.matches) box.scrollTop += link.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    } else link.removeAttribute("aria-current");
  }
  byId("clause").hidden = !node && !eid;
  if (!node) {
    hideSheet();
    if (!wide.matches) byId("contents").open = !eid;
    byId("clause").replaceChildren(eid ? el("p", { class: "trouble" }, "这份文件里没有这个条款，请从目录里选。") : "");
    return;
  }
  if (!wide.matches) byId("contents").open = false;
  clause(node);
  showSheet(tree, node);
  if (!wide.matches) byId("clause").scrollIntoView({ block: "start" });
}

function clause(node) {
  const n = flat.indexOf(node);
  const step = (to, text) => (to ? el("a", { href: where(to.eid), "data-go": "clause" }, text) : el("span", {}));
  byId("clause").replaceChildren(
    el("h2", {}, node.label, node.heading ? el("span", { class: "heading" }, node.heading) : ""),
    el("p", { class: "row-meta" }, node.validity ? badge(node.validity, node.validity_label) : "",
      KINDS[node.kind] ? el("span", { class: "badge" }, KINDS[node.kind]) : "", node.validity_note ? el("span", {}, node.validity_note) : ""),
    el("div", { class: node.original && node.digest ? "beside" : "" },
      text("原文", node.original, node.kind === "text" ? "original" : "original filled"), text("摘要（条理整理，非原文）", node.digest, "digest")),
    node.original || node.digest ? "" : el("p", { class: "muted" }, "这里只有标题，内容在它下面的各条里。"),
    node.not_included.map((words) => el("p", { class: "notice" }, `原文写明“${words}”，那部分没有收录，这里不作推断。`)),
    node.refs.length ? el("p", { class: "refs" }, "提到：", node.refs.map((r) => el("a", { href: where(r.eid), "data-go": "clause" }, r.label))) : "",
    node.see_also.length ? el("ul", { class: "see" }, node.see_also.map(also)) : "",
    el("p", { class: "steps" }, step(flat[n - 1], "← 上一条"), step(flat[n + 1], "下一条 →")),
  );
}

function also(other) {
  const [id, eid] = other.ref.split("#");
  return el("li", {}, el("a", { href: address({ id, eid, as_of: tree.asOf }), "data-go": "clause" }, other.clause), `：${other.why}`);
}

function text(title, words, kind) {
  return words ? el("div", { class: kind }, el("p", { class: "kind" }, title), el("div", { class: "words" }, paragraphs(words))) : "";
}

function remove() {
  const dialog = byId("ask-delete");
  byId("ask-delete-text").textContent = `《${tree.info.title}》导入的原文会从原文库和检索里删掉，上传的原件也一起删掉（同一个原件里还有别的文件时，等最后一份删了才删）；${tree.info.clauses ? "摘要还在" : "目录里原有的信息不受影响"}。要恢复，请重新导入。`;
  for (const button of dialog.querySelectorAll("button")) button.onclick = () => dialog.close(button.value);
  dialog.onclose = () => dialog.returnValue === "yes" && forget();
  dialog.returnValue = "";
  dialog.showModal();
}

async function forget() {
  const { id } = tree.info;
  byId("head").append(el("p", { class: "muted", role: "status" }, "正在删除……"));
  try {
    await api(path(id, "/original"), { method: "DELETE" });
    shown = "";
    go("/documents");
  } catch (error) {
    shown = "";
    byId("trouble").textContent = error.message;
    byId("trouble").hidden = false;
  }
}
