// Copies an answer with its sources.
export async function copy(button) {
  const text = document.querySelector(`#tl-${CSS.escape(button.dataset.copy)} .tl-plain`).textContent;
  const label = button.querySelector("span");
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard without https, except on this machine: the older way.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    done = document.execCommand("copy");
    field.remove();
    button.focus();
  }
  label.textContent = done ? "已复制" : "没有复制成功";
  setTimeout(() => (label.textContent = "复制"), 2000);
}
