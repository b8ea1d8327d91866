// A room as it stands, again and again: by server-sent events, and by asking where they do not come through.
import { ApiError, api } from "./dom.js";

const EVERY = 2500;
const GUARD = 15_000;

// `path` gives the room, `path`/events its events. `show` gets every state, `stamp(state)` is the number asked with, `link(live)`
// hears whether the connection holds, `gone(error)` that there is nothing to follow any more. Returns `stop`, and `take` for states that came another way.
export function follow(path, { show, stamp, link, gone }) {
  let source = null;
  let seen = null;
  let stopped = false;
  let asking = false;
  let heard = 0;

  const stop = () => {
    stopped = true;
    clearInterval(timer);
    source?.close();
    document.removeEventListener("visibilitychange", back);
    window.removeEventListener("online", ask);
  };
  const take = (state) => {
    if (stopped) return;
    heard = Date.now();
    link(true);
    if (seen !== null && stamp(state) < seen) return; // an answer that was overtaken by a later state
    seen = stamp(state);
    show(state);
  };
  const listen = () => {
    source?.close();
    source = new EventSource(`/api/v1${path}/events`);
    source.addEventListener("room", (event) => take(JSON.parse(event.data)));
    source.addEventListener("gone", () => ask());
  };
  async function ask() {
    if (stopped || asking) return;
    asking = true;
    try {
      const state = await api(seen === null ? path : `${path}?since=${seen}`);
      if (state) take(state);
      else if (!stopped) {
        heard = Date.now();
        link(true);
      }
      if (!stopped && source.readyState === EventSource.CLOSED) listen();
    } catch (error) {
      if (stopped) return;
      if (error instanceof ApiError && [401, 403, 404].includes(error.status)) {
        stop();
        gone(error);
      } else link(false);
    } finally {
      asking = false;
    }
  }
  const back = () => document.hidden || ask();
  const timer = setInterval(() => {
    if (source.readyState !== EventSource.OPEN || Date.now() - heard > GUARD) ask();
  }, EVERY);
  document.addEventListener("visibilitychange", back);
  window.addEventListener("online", ask);
  listen();
  ask();
  return { stop, take };
}
