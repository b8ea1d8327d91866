// Changes the password and signs out everywhere; both end at the sign-in page.
import { api, byId } from "./dom.js";
import { onSubmit, say } from "./form.js";

onSubmit(byId("form"), async ({ old, new: fresh }) => {
  await api("/session/password", { method: "PUT", json: { old, new: fresh } });
  location.assign("/sign-in");
});

byId("everywhere").addEventListener("click", async (event) => {
  event.target.disabled = true;
  try {
    await api("/session?everywhere=true", { method: "DELETE" });
    location.assign("/sign-in");
  } catch (error) {
    event.target.disabled = false;
    say(error.message);
  }
});
