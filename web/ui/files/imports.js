// Importing: files are dropped or chosen, sent in one go, and followed until the job is done.
import { address, api, byId, el } from "./shared.js";

const PAUSE = 600;
const jobs = byId("jobs");
const FILE = { added: "新导入", changed: "内容有变化", unchanged: "没有变化", skipped: "跳过", failed: "没有导入" };
const DOCUMENT = { new: "新", changed: "有变化", unchanged: "没有变化" };
const CHANGE = { added: "新增", removed: "删去", changed: "改动" };

// Listen for files; ``done`` is called when a job has changed what is there.
export function watchImports(done) {
  const drop = byId("drop");
  const choose = byId("choose");
  choose.addEventListener("change", () => {
    if (choose.files.length) send([...choose.files], done);
    choose.value = "";
  });
  // A file dropped beside the field must not replace the page.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  drop.addEventListener("dragover", () => drop.classList.add("over"));
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) send([...event.dataTransfer.files], done);
  });
}

async function send(files, done) {
  const card = el("article", { class: "job" });
  jobs.prepend(card);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > Number(jobs.dataset.mostFiles)) return say(card, `一次最多 ${jobs.dataset.mostFiles} 个文件，请分几次导入。`);
  if (size > Number(jobs.dataset.mostMegabytes) * 2 ** 20) return say(card, `这些文件一共超过 ${jobs.dataset.mostMegabytes} MB，请分几次导入。`);
  progress(card, `正在上传 ${files.length} 个文件……`);
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  try {
    let job = await api("/documents/imports", { method: "POST", body: form });
    while (job.state !== "done" && job.state !== "failed") {
      progress(card, doing(job), job.done, job.total);
      await new Promise((wake) => setTimeout(wake, PAUSE));
      job = await api("/documents/imports/" + job.id);
    }
    if (job.state === "failed") return say(card, job.problem);
    report(card, job.report);
    done();
  } catch (error) {
    say(card, error.message);
  }
}

function doing(job) {
  if (job.state === "waiting") return "排队等前面的导入做完……";
  if (job.state === "indexing") return `正在更新索引：${job.what || "准备"}……`;
  return job.total ? `正在读 ${job.what}（第 ${Math.min(job.done + 1, job.total)} 个，共 ${job.total} 个）……` : "正在开始……";
}

function progress(card, text, value, total) {
  card.replaceChildren(el("p", {}, text), el("progress", { "aria-label": text, ...(total ? { value, max: total } : {}) }));
}

function say(card, text) {
  card.replaceChildren(el("p", { class: "trouble" }, text), close(card));
}

const close = (card) => el("button", { type: "button", class: "quiet", onclick: () => card.remove() }, "收起");

function report(card, found) {
  const documents = found.files.flatMap((file) => file.documents);
  const failed = found.files.filter((file) => file.state === "failed").length;
  const fresh = documents.filter((one) => one.state !== "unchanged").length;
  const summary = `读了 ${found.files.length} 个文件，认出 ${documents.length} 份文件，${fresh} 份有更新` + (failed ? `；${failed} 个没有导入` : "");
  card.replaceChildren(el("p", { class: "job-summary" }, summary + "。"), el("ul", { class: "files" }, found.files.map(fileRow)), close(card));
}

function fileRow(file) {
  const doubts = [...file.doubts, file.problem].filter(Boolean).map((text) => el("p", { class: file.problem ? "trouble" : "doubt" }, text));
  return el("li", {},
    el("p", {}, el("b", {}, file.file), ` ${FILE[file.state]}` + (file.pages ? `，${file.pages} 页` : "")),
    doubts,
    file.documents.length > 3
      ? el("details", {}, el("summary", {}, `${file.documents.length} 份文件`), el("ul", {}, file.documents.map(documentRow)))
      : el("ul", {}, file.documents.map(documentRow)));
}

function documentRow(one) {
  const facts = [DOCUMENT[one.state], `${one.clauses} 条`, one.place || "地区不明", one.number || "没有文号", one.signed || "没有日期"];
  return el("li", {},
    el("a", { href: address({ id: one.id }), "data-go": "document" }, one.title),
    el("span", { class: "row-meta" }, facts.map((fact) => el("span", {}, fact))),
    one.doubts.map((text) => el("p", { class: "doubt" }, text)),
    one.changes.length ? el("details", {}, el("summary", {}, `${one.changes.length} 条有出入`), el("ul", {}, one.changes.map(changeRow))) : "");
}

function changeRow(change) {
  const words = (title, text) => (text ? [el("p", { class: "kind" }, title), el("p", {}, text)] : []);
  return el("li", {}, el("p", {}, el("b", {}, change.label), ` ${CHANGE[change.kind]}`), words("原来", change.before), words("现在", change.after));
}
