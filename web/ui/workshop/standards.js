// The standards that can be chosen, and how they are called in little room.
import { api, el } from "./dom.js";

let asked = null;

// Every standard, asked for once; a failure is asked again the next time.
export function standards() {
  asked ??= api("/workshop/standards").then((found) => found.standards).catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

// "2022年63号", from "工信部企业〔2022〕63号".
export function issue(standard) {
  const found = /〔(\d{4})〕\s*(\d+号)/.exec(standard.number);
  return found ? `${found[1]}年${found[2]}` : standard.number;
}

export const named = (standard) => `${standard.title} ${issue(standard)}${standard.in_force ? "" : "（已废止）"}`;

export const options = (found, chosen = "") => found.map((one) => el("option", { value: one.id, selected: one.id === chosen }, named(one)));
