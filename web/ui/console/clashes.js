// Two pages have written on the same call: the person chooses, and nothing of either is lost on the way.
import { byId } from "./dom.js";
import { settle, state } from "./call.js";

const dialog = byId("clash");
let theirs = null;

document.addEventListener("call-clash", ({ detail }) => {
  theirs = detail;
  dialog.returnValue = "";
  if (!dialog.open) dialog.showModal();
});
dialog.addEventListener("cancel", (event) => event.preventDefault());
for (const button of dialog.querySelectorAll("button")) {
  button.addEventListener("click", () => {
    dialog.close();
    settle(theirs, { theirs: theirs.draft, mine: state.draft, both: both(state.draft, theirs.draft) }[button.value]);
  });
}

function both(mine, other) {
  const joined = Object.fromEntries(Object.entries(mine).map(([name, value]) => [name, value || other[name]]));
  const notes = other.notes.includes(mine.notes) ? other.notes : mine.notes.includes(other.notes) ? mine.notes : `${other.notes}\n${mine.notes}`;
  return { ...joined, notes: notes.slice(0, 10_000), shown: union(other.shown, mine.shown, "ref").slice(-100), promises: union(other.promises, mine.promises, "text").slice(0, 50) };
}

const union = (some, more, key) => [...new Map([...some, ...more].map((one) => [one[key], one])).values()];
