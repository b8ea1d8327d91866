// Signs in and goes back to where the person came from, which can only be a page of ours.
import { api, byId } from "./dom.js";
import { onSubmit } from "./form.js";

const HOMES = { specialist: "/console", trainer: "/workshop", admin: "/console" };

function wanted() {
  const next = new URLSearchParams(location.search).get("next");
  if (!next?.startsWith("/") || !URL.canParse(next, location.origin)) return null;
  const there = new URL(next, location.origin);
  const own = there.origin === location.origin && there.pathname !== location.pathname;
  return own ? there.pathname + there.search + there.hash : null;
}

const goOn = byId("go-on");
if (goOn && wanted()) goOn.href = wanted();
// After a link on another site the browser keeps the session's cookie back for one page: whoever is signed in goes on.
if (!goOn && wanted()) {
  const { account } = await api("/session").catch(() => ({ account: null }));
  if (account) location.replace(wanted());
}

onSubmit(byId("form"), async ({ name, password }) => {
  const { account } = await api("/session", { json: { name, password } });
  location.assign(wanted() ?? HOMES[account.roles[0]] ?? "/");
});
