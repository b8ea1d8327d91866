// Screening of a class: a table is dropped or chosen, its progress followed, the results shown, everything deleted on a press.
import { api, byId, el } from "./dom.js";
import { button, fill, once, save, say, sure } from "./parts.js";
import { result } from "./screening_result.js";

const PAUSE = 1000;
const LARGEST = 10 * 2 ** 20;
const form = byId("screening-form");
const drop = byId("drop");
const choose = byId("choose");
const box = byId("screenings");
const cards = new Map();
let sending = false;

export async function show() {
  if (cards.size) return;
  try {
    const { screenings } = await api("/workshop/screenings");
    for (const job of [...screenings].reverse()) paint(job);
  } catch (error) {
    say(error.message, "bad");
  }
}

// One table at a time.
async function send(list) {
  if (sending) return say("上一张表还在上传，请等一下。", "bad");
  if (list.length > 1) return say("一次传一张表。", "bad");
  const [file] = list;
  if (!/\.(xlsx|csv|parquet)$/i.test(file.name)) return say("只收 Excel 表格（后缀 xlsx）和 CSV，请另存后再传。", "bad");
  if (file.size > LARGEST) return say("名单超过 10 MB，请分几次上传。", "bad");
  const data = new FormData(form);
  const titles = data.getAll("titles");
  if (!titles.length) return say("请至少选一个称号。", "bad");
  const body = new FormData();
  body.append("file", file, file.name);
  for (const title of titles) body.append("titles", title);
  if (data.get("track")) body.append("track", data.get("track"));
  sending = true;
  drop.setAttribute("aria-busy", "true");
  say(`正在上传 ${file.name}……`);
  try {
    const job = await api("/workshop/screenings", { method: "POST", body });
    paint(job);
    say("传好了，正在核对。");
    cards.get(job.id).focus();
  } catch (error) {
    say(error.message, "bad");
  } finally {
    sending = false;
    drop.removeAttribute("aria-busy");
  }
  return undefined;
}

function paint(job) {
  let card = cards.get(job.id);
  if (!card) {
    card = el("article", { class: "job", tabindex: "-1", "aria-label": job.file });
    cards.set(job.id, card);
    box.prepend(card);
  }
  const running = job.state === "waiting" || job.state === "running";
  fill(card, el("div", { class: "job-head" }, el("h3", {}, job.file), el("span", { class: `badge job-${job.state}` }, job.state_label),
    el("span", { class: "muted" }, `${until(job.until)}自动删掉`), button("现在就删", (event) => remove(event.currentTarget, job), "quiet danger-text")),
  running ? progress(job) : "", job.problem ? el("p", { class: "trouble", role: "alert" }, job.problem) : "",
  job.result ? [result(job.result), saving(job)] : "");
  if (running) setTimeout(() => again(job), PAUSE);
}

function progress(job) {
  const text = job.total ? `核对到第${job.done}家，共${job.total}家。` : job.what || "正在读表……";
  return [el("p", { role: "status" }, text), el("progress", { "aria-label": "核对的进度", ...(job.total ? { value: job.done, max: job.total } : {}) })];
}

// A lost connection is waited out; a job that is gone says so.
async function again(job) {
  if (!cards.has(job.id)) return;
  try {
    paint(await api("/workshop/screenings/" + job.id));
  } catch (error) {
    if (error.status === 404) return forget(job.id, error.message);
    say(error.message, "bad");
    setTimeout(() => again(job), 3 * PAUSE);
  }
}

const HERE = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
const until = (iso) => HERE.format(new Date(iso));

function saving(job) {
  const NAMES = { xlsx: "逐家的结论和理由（表格）", cells: "格子的读数报告（表格）" };
  return el("div", { class: "downloads", role: "group", "aria-label": "下载" }, job.files.map((name) => button(NAMES[name] ?? name, (event) => save(event.currentTarget, `/workshop/screenings/${job.id}/files/${name}`))),
["docx", "pdf", "pptx"].map((format) => button(`汇总（${{ docx: "Word 文档", pdf: "PDF", pptx: "幻灯片" }[format]}）`, (event) => save(event.currentTarget, `/workshop/handouts/screenings/${job.id}?format=${format}`))));
}

async function remove(pressed, job) {
  if (!(await sure("删掉这张表和结果？", "删掉就找不回来；要用的先下载。"))) return;
  await once(pressed, async () => {
    try {
      await api("/workshop/screenings/" + job.id, { method: "DELETE" });
    } catch (error) {
      if (error.status !== 404) throw error;
    }
    forget(job.id, "删掉了。");
  });
}

function forget(id, text) {
  cards.get(id)?.remove();
  cards.delete(id);
  say(text);
  choose.focus();
}

choose.addEventListener("change", () => {
  if (choose.files.length) send([...choose.files]);
  choose.value = "";
});
// A file dropped beside the field must not replace the page.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
drop.addEventListener("dragover", () => drop.classList.add("over"));
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => event.dataTransfer.files.length && send([...event.dataTransfer.files]));
