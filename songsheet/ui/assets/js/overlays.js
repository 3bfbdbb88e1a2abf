// Menus lie beside what opened them; dialogs open by name, and by themselves when something is swapped into one.
import { all, on, one, seen } from "./dom.js";

const GAP = 4;
const EDGE = 8;

const place = (menu, opener) => {
  const from = opener.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const below = from.bottom + GAP + box.height <= innerHeight - EDGE;
  const left = from.left + box.width > innerWidth - EDGE ? from.right - box.width : from.left;
  menu.style.left = `${Math.max(EDGE, left)}px`;
  menu.style.top = `${below ? from.bottom + GAP : Math.max(EDGE, from.top - GAP - box.height)}px`;
};

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLElement) || !menu.matches("[data-menu]")) return;
  const openers = all(`[popovertarget="${menu.id}"]`);
  const open = event.newState === "open";
  openers.forEach((opener) => opener.setAttribute("aria-expanded", String(open)));
  const opener = openers.find(seen);
  if (!open || !opener) return;
  if (!(menu.matches(".sheet-up") && matchMedia("(width <= 700px)").matches)) place(menu, opener);
  one(".item, input, select", menu)?.focus({ preventScroll: true });
}, true);

on("keydown", "[data-menu]", (menu, event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = all(".item", menu).filter(seen);
  if (!step || !items.length || event.target.matches("select")) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
});

export const open = (dialog) => {
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  all("[data-menu]:popover-open").forEach((menu) => menu.hidePopover());
  dialog.showModal();
  (one('.inside [aria-invalid="true"]', dialog) ?? one(".inside :is(input:not([type=hidden]), select, textarea)", dialog))?.focus();
};

on("click", "[data-opens]", (opener) => open(document.getElementById(opener.dataset.opens)));

/** An address that ends with the name of a dialog opens it. */
const named = () => document.getElementById(location.hash.slice(1));
if (location.hash) open(named());
addEventListener("hashchange", () => { one("dialog[open]")?.close(); open(named()); });

/** What was refused in a dialog of the page is shown there again. */
all("dialog").filter((dialog) => one('[aria-invalid="true"]', dialog)).slice(0, 1).forEach(open);
/** What was refused in a form of the page has the keyboard, and so is in sight. */
if (!one("dialog[open]")) one('main [aria-invalid="true"]')?.focus();

/** A click on what lies behind a dialog closes it. */
on("click", "dialog", (dialog, event) => {
  if (event.target !== dialog) return;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) dialog.close();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const into = event.detail.target;
  if (into?.id === "dialogs" && into.firstElementChild) open(one("dialog", into));
});
on("close", "#dialogs dialog", (dialog) => dialog.remove(), true);

on("submit", "form[data-confirm]", (form, event) => {
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) event.preventDefault();
});
