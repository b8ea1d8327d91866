// What all parts of this page use beside what all pages do.
import { el } from "./dom.js";

export { api, byId, day, el } from "./dom.js";

// A path with a document's id, whose slashes stay.
export const path = (id, rest = "") => "/documents/" + id.split("/").map(encodeURIComponent).join("/") + rest;

export const badge = (validity, label) => el("span", { class: `badge badge-${validity}` }, label);

export const paragraphs = (text) => text.split("\n").filter((line) => line.trim()).map((line) => el("p", {}, line));

// The address of a view: nothing empty in it.
export function address(values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return "/documents" + (query.size ? "?" + query : "");
}

// A document by its short title, as a link; the full title is what it is called when pointed at.
export const named = (one) => el("a", { href: address({ id: one.id }), "data-go": "document", title: one.title }, one.short_title || one.title);
