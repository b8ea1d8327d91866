// What the service knows of the company in this thread: read, changed fact by fact, and told to all parts of the page.
import { api } from "./dom.js";
import { on, ownThread, path, say, tell, thread } from "./state.js";
import { gone, settings } from "./talk.js";

const EMPTY = { version: 0, facts: [], check: null, titles: [], checkup: false, more: [], dates: [], turns: 0 };
let known = EMPTY, line = Promise.resolve(), asked = 0, loading = 0;

export const profile = () => known;
// Whether what is known is what the service knows, as far as this page can tell.
export const upToDate = () => loading === 0;

// Changes go one after the other, each with the version that the one before came to. What fails is thrown, with its sentence.
export function change(what) {
  const done = line.then(() => patch(what));
  line = done.catch(() => {});
  return done;
}

async function patch(what) {
  ownThread();
  const at = known.version ? {} : settings();
  try {
    take(await api(path("/profile"), { method: "PATCH", json: { version: known.version, ...at, ...what } }));
    tell("profile");
  } catch (error) {
    if (error.status === 404) gone("这个对话已经删除（可能在另一个页面上）。");
    else if (error.status === 409) await load();
    throw error;
  }
}

function take(found) {
  known = found;
  say("profile", found);
}

export async function load() {
  const now = ++asked;
  if (!thread()) return take(EMPTY);
  loading += 1;
  const found = await api(path("/profile")).catch((error) => error);
  loading -= 1;
  if (now !== asked) return undefined;
  return found instanceof Error ? say("profile-trouble", found.message) : take(found);
}

export function start() {
  on("thread", () => {
    known = EMPTY;
    load();
  });
  on("answered", load);
  on("shown", () => known.version === 0 && load());
  on("elsewhere", ({ kind, thread: about }) => (kind === "profile" || kind === "changed") && about === thread() && load());
  load();
}
