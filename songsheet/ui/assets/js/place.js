// Where one was on a page: whoever comes back to it, by Back, by a refresh or by a form that answers with the same page,
// finds the keyboard on the same row, and after a form the page as far down as it was.
import { all, one } from "./dom.js";

const FORM = "songsheet-place";
const ROW = "[data-row]";
const here = () => location.pathname + location.search;
const links = (row) => (row.matches("a") ? [row] : all("a[href]", row));
let last = null;
let waits;

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.(ROW);
  if (!row) return;
  last = links(row)[0]?.getAttribute("href") ?? null;
  clearTimeout(waits);
  waits = setTimeout(() => history.replaceState({ ...history.state, row: last }, ""), 150);
});

const leave = () => sessionStorage.setItem(FORM, JSON.stringify({ at: here(), row: last, down: scrollY }));
document.addEventListener("submit", (event) => { if (!event.defaultPrevented && event.target.method === "post") leave(); });
document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.closest("#dialogs")) leave(); });

const focus = (href) => {
  const row = href && all(ROW).find((one) => links(one)[0]?.getAttribute("href") === href);
  if (row && document.activeElement === document.body && !one("[autofocus]")) links(row)[0].focus({ preventScroll: true });
};

addEventListener("pageshow", () => {
  const form = JSON.parse(sessionStorage.getItem(FORM) ?? "null");
  sessionStorage.removeItem(FORM);
  const [way] = performance.getEntriesByType("navigation");
  if (way?.type !== "navigate") focus(history.state?.row);
  else if (form?.at === here()) {
    scrollTo(0, form.down);
    focus(form.row);
  }
});
