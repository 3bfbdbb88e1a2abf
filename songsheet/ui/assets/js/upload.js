// Files dropped for an import: shown by name and size, sent with real progress, and the page follows the server's answer.
import { alertOf } from "./server.js";
import { fill, on, one } from "./dom.js";

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

on("change", "[data-drop] input[type=file]", (input) => {
  const list = one("[data-files]", input.closest("[data-drop]"));
  list?.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("li");
    const weight = Object.assign(document.createElement("span"), { className: "quiet", textContent: size(file.size) });
    line.append(file.name, weight);
    return line;
  }));
  if (input.files.length && input.closest("form[data-upload='at-once']")) input.form.requestSubmit();
});

for (const [event, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  on(event, "[data-drop]", (zone) => zone.classList.toggle("over", over));
}

/** `%` until the last byte has left, then the server's own work: the bar says which of the two it is. */
const follow = (form, request) => {
  const bar = one("progress", form);
  const words = one("[data-sent]", form);
  const began = Date.now();
  form.setAttribute("aria-busy", "true");
  if (bar) bar.closest("[hidden]")?.removeAttribute("hidden");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    if (bar) Object.assign(bar, { value: loaded, max: total });
    const left = Math.ceil(((Date.now() - began) / loaded) * (total - loaded) / 1000);
    if (words) words.textContent = loaded < total ? fill(words.dataset.sent, { done: size(loaded), whole: size(total), left }) : words.dataset.read;
  });
};

on("submit", "form[data-upload]", (form, event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  follow(form, request);
  request.addEventListener("loadend", () => form.removeAttribute("aria-busy"));
  const failed = (sentence, kept) => {
    one("progress", form)?.closest(".progress")?.setAttribute("hidden", "");
    alertOf(sentence ?? form.dataset.failed ?? "", kept);
  };
  request.addEventListener("error", () => failed());
  request.addEventListener("load", () => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    if (request.status < 400) location.assign(request.responseURL);
    else failed(one("[data-sentence]", page)?.textContent, one("[data-kept]", page)?.textContent);
  });
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRFToken", one('meta[name="csrf"]')?.content ?? "");
  request.send(new FormData(form));
});
