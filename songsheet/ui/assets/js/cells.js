// Cells and fields that are changed in place, and groups that open their rows.
import { on, one } from "./dom.js";

/** Enter saves, Esc leaves it; a double click on a cell begins it. */
on("keydown", "[data-cell-form]", (form, event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  one("[data-cell-leave]", form)?.click();
});
/** A quick hand leaves it before it is there. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const link of document.querySelectorAll("[data-cell-edit].htmx-request")) window.htmx.trigger(link, "htmx:abort");
});
on("dblclick", "td.can:not(.editing)", (cell) => one("[data-cell-edit]", cell)?.click());
on("change", "[data-cell-form] select", (choice) => choice.form.requestSubmit());

/** After a cell or a field was saved or left, the keyboard stands where it stood. */
document.addEventListener("htmx:afterSwap", (event) => {
  const cell = document.getElementById(event.detail.target?.id ?? "");
  if (!cell?.matches("td.can, [data-can]")) return;
  const field = one("[data-cell-form] :is(input:not([type=hidden]), select)", cell);
  if (field) {
    window.htmx.process(cell); // it would wait a moment, and a quick Enter or Esc would leave the page
    field.focus();
    field.select?.();
  } else one("[data-cell-edit]", cell)?.focus({ preventScroll: true });
});

const rowsOf = (group) => {
  const found = [];
  for (let next = group.nextElementSibling; next && !next.matches("[data-group]"); next = next.nextElementSibling) found.push(next);
  return found;
};

/** The first time a group is opened its rows are fetched; from then on it only folds. */
on("click", "[data-open-group]", (link, event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const rows = rowsOf(link.closest("[data-group]"));
  const opens = link.getAttribute("aria-expanded") !== "true";
  link.setAttribute("aria-expanded", String(opens));
  if (!rows.length && opens) window.htmx.trigger(link, "open-group");
  else rows.forEach((body) => { body.hidden = !opens; });
});
