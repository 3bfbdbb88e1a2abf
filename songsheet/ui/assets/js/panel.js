// A row opens beside its list, with an address of its own: Back closes it, j and k go on to the next, Esc shuts it.
import { all, on, one, say } from "./dom.js";

const ROW = "[data-row][data-key-of]";
const room = matchMedia("(width > 1240px)");
const panel = () => one("#panel[data-beside]");
const rowOf = (key) => one(`${ROW}[data-key-of="${CSS.escape(key)}"]`);
const keyIn = (address) => new URL(address, location.href).searchParams.get("open") ?? "";
const linkOf = (row) => one("td a[href]", row);
let waits;

const addressWith = (key) => {
  const address = new URL(location.href);
  if (key) address.searchParams.set("open", key);
  else address.searchParams.delete("open");
  return address;
};

const mark = (key) => all(ROW).forEach((row) => {
  if (row.dataset.keyOf === key) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
});

/** What is on its way for another row is called back; what fails is told by server.js. */
const stop = () => window.htmx.trigger(panel(), "htmx:abort");

const load = (key, url) => {
  stop();
  mark(key);
  panel().dataset.key = key;
  window.htmx.ajax("GET", url, { source: panel(), target: "#panel", swap: "innerHTML" }).then(
    () => { if (panel().dataset.key === key) say(one("h2", panel())?.textContent ?? ""); },
    () => {},
  );
};

const shut = () => {
  const key = panel()?.dataset.key;
  if (!key) return;
  stop();
  panel().replaceChildren();
  delete panel().dataset.key;
  const row = rowOf(key);
  mark("");
  if (row) linkOf(row)?.focus({ preventScroll: true });
};

/** Goes to a row: a step in the history when something is opened, the same step when the panel only moves on. */
const open = (row) => {
  const key = row.dataset.keyOf;
  const address = addressWith(key);
  if (panel().dataset.key) history.replaceState({ open: key }, "", address);
  else history.pushState({ open: key }, "", address);
  load(key, linkOf(row).href);
};

on("click", `${ROW} td.first a[href]`, (link, event) => {
  if (!panel() || !room.matches || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  open(link.closest(ROW));
});

on("click", "[data-panel-shut]", (_, event) => {
  event.preventDefault();
  history.pushState({}, "", addressWith(""));
  shut();
});

/** While the panel is open it goes along with j and k, a moment after the last of them. */
export const follow = (row) => {
  if (!row?.matches(ROW) || !panel()?.dataset.key) return;
  clearTimeout(waits);
  waits = setTimeout(() => open(row), 120);
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !panel()?.dataset.key) return;
  if (one("dialog[open], [data-menu]:popover-open") || one("[data-cell-form]")) return;
  history.pushState({}, "", addressWith(""));
  shut();
});

addEventListener("popstate", () => {
  if (!panel()) return;
  const key = keyIn(location.href);
  const row = key && rowOf(key);
  if (row && room.matches) load(key, linkOf(row).href);
  else if (key) location.reload();
  else shut();
});

/** An address that names an open row: beside the list where there is room, else its page. */
const begin = () => {
  const url = panel()?.dataset.url;
  if (!url) return;
  if (!room.matches) location.replace(url);
  else load(keyIn(location.href), url);
};
begin();
