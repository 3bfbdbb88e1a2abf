// Between page and server: the token, how long it takes, and what to say when an answer is a refusal.
import { one } from "./dom.js";

const token = () => one('meta[name="csrf"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});

let under_way = 0;
const count = (by) => {
  under_way = Math.max(0, under_way + by);
  document.body.classList.toggle("htmx-busy", under_way > 0);
};
document.addEventListener("htmx:beforeSend", () => count(1));
document.addEventListener("htmx:afterRequest", () => count(-1));

const text = (tag, words, className = "") => Object.assign(document.createElement(tag), { textContent: words, className });

/** A refusal in the page's live region: what happened, what was kept; it goes when it is closed or something works. */
export const alertOf = (sentence, kept = "") => {
  const region = one("#alerts");
  if (!region) return;
  const box = text("div", "", "trouble");
  const words = document.createElement("div");
  words.append(text("p", sentence, "font-medium"));
  if (kept) words.append(text("p", kept));
  const shut = text("button", one("#toasts")?.dataset.closes ?? "", "btn bare");
  shut.type = "button";
  shut.addEventListener("click", () => region.replaceChildren());
  box.append(words, shut);
  region.replaceChildren(box);
};

/** The sentence of a refusal, from problem+json or from a page of ours. */
const sentenceOf = (request) => {
  const kind = request.getResponseHeader("content-type") ?? "";
  if (kind.includes("json")) {
    try { return { sentence: JSON.parse(request.responseText).detail }; } catch { return {}; }
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  return { sentence: one("[data-sentence]", page)?.textContent, kept: one("[data-kept]", page)?.textContent };
};

const words = (name) => JSON.parse(one("#page-words")?.textContent ?? "{}")[name] ?? "";

/** A 409 or 422 may bring the same part again with what was wrong; a refusal of ours is told and leaves the page as it is. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400 || !event.detail.shouldSwap) return;
  const { sentence, kept } = sentenceOf(xhr);
  if (!sentence) return;
  event.detail.shouldSwap = false;
  alertOf(sentence, kept);
});
document.addEventListener("htmx:responseError", (event) => {
  const { sentence, kept } = sentenceOf(event.detail.xhr);
  alertOf(sentence || words("failed"), kept || words("kept"));
});
document.addEventListener("htmx:sendError", () => alertOf(words("offline"), words("kept")));
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.requestConfig?.verb !== "get") one("#alerts")?.replaceChildren();
});
