// The whole result as a file: conversation, conclusions with their clauses, facts.
import { ApiError, byId } from "./dom.js";
import { notice, path, thread } from "./state.js";

const NAMES = { pdf: "PDF", docx: "Word 文档" };

export async function save(format) {
  byId("tl-export").open = false;
  if (!thread() || byId("tl-page").dataset.state === "empty") return notice("还没有可以导出的内容，先问一个问题。");
  notice(`正在生成${NAMES[format]}……`);
  try {
    const response = await fetch("/api/v1" + path("/export?format=" + format)).catch(() => {
      throw new ApiError("和服务器连不上，请检查网络后再试。", 0);
    });
    if (!response.ok) throw new ApiError((await response.json().catch(() => ({}))).detail ?? "没有生成出来，请再试一次。", response.status);
    const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get("Content-Disposition") ?? "");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = named ? decodeURIComponent(named[1]) : `条理-预检和问答.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    notice(`${NAMES[format]}存好了，在浏览器的下载里。`);
  } catch (error) {
    notice(`导出没有成功：${error.message}`);
  }
  return undefined;
}
