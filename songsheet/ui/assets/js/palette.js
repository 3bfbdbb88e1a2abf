// The palette: focus stays in the field, arrows move among what was found, Enter does it.
import { all, on, one } from "./dom.js";

const hits = () => all("#palette-hits .hit");
const field = () => one("#palette-words");

const choose = (index) => {
  const list = hits();
  list.forEach((hit, at) => hit.setAttribute("aria-selected", String(at === index)));
  const chosen = list[index];
  if (chosen) {
    field().setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else field().removeAttribute("aria-activedescendant");
};
const chosen = () => hits().findIndex((hit) => hit.getAttribute("aria-selected") === "true");

on("keydown", "#palette-words", (input, event) => {
  const count = hits().length;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && count) {
    event.preventDefault();
    choose((chosen() + step + count) % count);
  } else if (event.key === "Enter") {
    event.preventDefault();
    hits()[Math.max(0, chosen())]?.click();
  }
});

/** What opens over the page takes the place of the palette. */
on("click", "#palette-hits [hx-get]", (hit) => hit.closest("dialog").close());

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "palette-hits") choose(0);
});

/** Opening asks at once, so that what one may do here stands there before a letter is typed. The browser tells of the
    opening later than it opens, so nothing is cleared here: a quick hand has typed by then. */
document.addEventListener("toggle", (event) => {
  if (event.target.id === "palette" && event.newState === "open") window.htmx?.trigger(field(), "find");
}, true);

on("close", "#palette", () => { field().value = ""; }, true);
