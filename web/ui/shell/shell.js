// The header: colours, who is signed in, and what is said when a session has ended.
import { api, byId, el } from "./dom.js";

const root = document.documentElement;
const KEY = "tiaoli-theme";

function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return root.dataset.theme ?? "system";
  }
}

function paint(value) {
  if (value === "system") delete root.dataset.theme;
  else root.dataset.theme = value;
  byId("theme").value = value;
}

byId("theme").addEventListener("change", (event) => {
  const { value } = event.target;
  paint(value);
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // Without storage the choice holds for this page.
  }
});
// Another tab chose other colours.
window.addEventListener("storage", (event) => event.key === KEY && paint(event.newValue ?? "system"));
paint(chosen());

const signIn = () => "/sign-in?next=" + encodeURIComponent(location.pathname + location.search);

// What is typed on this page stays: signing in happens in another tab, then the page goes on.
document.addEventListener("session-ended", (event) => {
  const box = byId("session-ended");
  box.replaceChildren(
    el("span", {}, event.detail || "请先登录。"), " ",
    el("a", { href: signIn(), target: "_blank" }, "在新标签页登录"), "，回来接着做；这一页上的内容还在。",
  );
  box.hidden = false;
});
window.addEventListener("focus", async () => {
  if (byId("session-ended").hidden) return;
  const { account } = await api("/session").catch(() => ({ account: null }));
  if (account) byId("session-ended").hidden = true;
});

async function signOut(event) {
  event.target.disabled = true;
  try {
    await api("/session", { method: "DELETE" });
    location.assign("/");
  } catch (error) {
    event.target.disabled = false;
    const box = byId("session-ended");
    box.textContent = error.message;
    box.hidden = false;
  }
}
const enter = document.querySelector(".enter");
enter?.addEventListener("click", () => enter.setAttribute("href", signIn()));
byId("sign-out")?.addEventListener("click", signOut);
