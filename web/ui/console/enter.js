// The session has ended: sign in again on this page, and everything goes on.
import { api, byId } from "./dom.js";
import { flush } from "./call.js";

const dialog = byId("enter");
const form = byId("enter-form");
const said = byId("enter-said");

document.addEventListener("session-ended", () => {
  if (dialog.open) return;
  said.hidden = true;
  dialog.showModal();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  try {
    const { account } = await api("/session", { json: Object.fromEntries(new FormData(form)) });
    form.elements.password.value = "";
    dialog.close();
    byId("session-ended").hidden = true;
    if (account.name !== document.querySelector(".who")?.textContent) return location.reload();
    document.dispatchEvent(new CustomEvent("signed-in"));
    await flush();
  } catch (error) {
    said.textContent = error.message;
    said.hidden = false;
    form.elements.password.select();
  } finally {
    button.disabled = false;
  }
});
form.querySelector("[value=later]").addEventListener("click", () => dialog.close());
