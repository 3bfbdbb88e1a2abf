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
/** The words that the shown hits answer, and whether Enter waits for those that are typed now. */
let answered = "";
let waits = false;
const chosen = () => hits().findIndex((hit) => hit.getAttribute("aria-selected") === "true");

on("keydown", "#palette-words", (input, event) => {
  const count = hits().length;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && count) {
    event.preventDefault();
    choose((chosen() + step + count) % count);
  } else if (event.key === "Enter") {
    event.preventDefault();
    waits = input.value !== answered;
    if (waits) window.htmx.trigger(input, "find");
    else hits()[Math.max(0, chosen())]?.click();
  } else waits = false;
});

/** What opens over the page takes the place of the palette. */
on("click", "#palette-hits [hx-get]", (hit) => hit.closest("dialog").close());

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "palette-hits") return;
  answered = event.detail.requestConfig.parameters.q ?? "";
  choose(0);
});

/** Not before it has settled: until then a hit that opens a dialog knows nothing of it. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "palette-hits" || !waits || answered !== field().value) return;
  waits = false;
  hits()[0]?.click();
});

/** Opening asks at once, so that what one may do here stands there before a letter is typed. The browser tells of the
    opening later than it opens, so nothing is cleared here: a quick hand has typed by then. */
document.addEventListener("toggle", (event) => {
  if (event.target.id === "palette" && event.newState === "open") window.htmx?.trigger(field(), "find");
}, true);

on("close", "#palette", () => { field().value = ""; waits = false; }, true);
