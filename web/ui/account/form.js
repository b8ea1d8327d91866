// A form that is sent once at a time, with what went wrong said above its button.
import { byId } from "./dom.js";

export function say(text) {
  const said = byId("said");
  said.textContent = text;
  said.hidden = !text;
}

// Calls `send` with the form's values; the button waits until it is done.
export function onSubmit(form, send) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say("");
    try {
      await send(Object.fromEntries(new FormData(form)));
    } catch (error) {
      say(error.message);
      form.querySelector("[type=password]").select();
    } finally {
      button.disabled = false;
    }
  });
}
