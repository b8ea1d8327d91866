// Drafts that have not reached the server, kept in this browser under the account that wrote them.
import { byId } from "./dom.js";

const OURS = `tiaoli-call-${byId("console").dataset.account}-`;
const STALE = 60_000;

// Whether the browser took it.
export function keep({ id, version, draft, waiting }) {
  try {
    localStorage.setItem(OURS + id, JSON.stringify({ id, version, draft, waiting, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function kept(id) {
  try {
    return JSON.parse(localStorage.getItem(OURS + id));
  } catch {
    return null;
  }
}

export function forget(id) {
  try {
    localStorage.removeItem(OURS + id);
  } catch {
    // Without storage there is nothing to forget.
  }
}

// What other pages kept and have not touched for a minute.
export function leftovers(except) {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(OURS) && name !== OURS + except)
      .map((name) => kept(name.slice(OURS.length)))
      .filter((one) => one && Date.now() - one.at > STALE);
  } catch {
    return [];
  }
}
