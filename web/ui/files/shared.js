// What all parts of the page use: elements without HTML strings, calls of the API, words.
export const byId = (id) => document.getElementById(id);

// An element with attributes (on… are listeners) and children (strings become text, so nothing is ever parsed as HTML).
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// What the API says; throws an Error with its sentence.
export async function api(path, options = {}) {
  let response;
  try {
    response = await fetch("/api/v1" + path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("和服务器连不上，请检查网络后再试。");
  }
  if (response.status === 204) return null;
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Error((body && (body.errors?.[0]?.detail || body.detail)) || "服务没有给出能读的回答，请再试一次。");
  }
  return body;
}

// A path with a document's id, whose slashes stay.
export const path = (id, rest = "") => "/documents/" + id.split("/").map(encodeURIComponent).join("/") + rest;

// "2026-04-01" → "2026年4月1日"
export function day(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.split("-");
  return `${year}年${Number(month)}月${Number(date)}日`;
}

export const badge = (validity, label) => el("span", { class: `badge badge-${validity}` }, label);

export const paragraphs = (text) => text.split("\n").filter((line) => line.trim()).map((line) => el("p", {}, line));

// The address of a view: nothing empty in it.
export function address(values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return "/documents" + (query.size ? "?" + query : "");
}
