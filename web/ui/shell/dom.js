// What all pages use: elements without HTML strings, calls of the API, dates in words.
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

// An error with the sentence that the API gave, its HTTP status (0: no connection) and its kind, such as "not-found".
export class ApiError extends Error {
  constructor(message, status, kind = "") {
    super(message);
    Object.assign(this, { name: "ApiError", status, kind });
  }
}

// What the API says; throws an ApiError. An object under `json` is sent as the body, by POST where no method is given.
// When nobody is signed in any more, the shell says so ("session-ended").
export async function api(path, { json, ...options } = {}) {
  if (json !== undefined) {
    options = {
      method: "POST", ...options, body: JSON.stringify(json),
      headers: { ...options.headers, "Content-Type": "application/json" },
    };
  }
  let response;
  try {
    response = await fetch("/api/v1" + path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("和服务器连不上，请检查网络后再试。", 0);
  }
  if (response.status === 204) return null;
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  const kind = body?.type?.split("/").pop() ?? "";
  const ended = kind === "unauthorised" && path !== "/session";
  if (ended) document.dispatchEvent(new CustomEvent("session-ended", { detail: body.detail }));
  const said = body && (body.errors?.[0]?.detail || body.detail);
  throw new ApiError(said || "服务没有给出能读的回答，请再试一次。", response.status, kind);
}

// "2026-04-01" → "2026年4月1日"
export function day(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.slice(0, 10).split("-");
  return `${year}年${Number(month)}月${Number(date)}日`;
}
