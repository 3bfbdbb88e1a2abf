// The keyboard. A letter presses what carries it in data-key: first in the row that has the focus, then in what is open, then on the page.
import { all, one, seen } from "./dom.js";
import { open } from "./overlays.js";
import { follow } from "./panel.js";
import { choose, current, move } from "./rows.js";

const typing = (target) => target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'));

const press = (key) => {
  const scopes = [current(), one('[aria-current="true"][data-row]'), document].filter(Boolean);
  for (const scope of scopes) {
    const found = all(`[data-key="${CSS.escape(key)}"]`, scope).find((button) => seen(button) && !button.disabled);
    if (found) {
      if (found.matches("input, textarea")) found.focus();
      else found.click();
      return true;
    }
  }
  return false;
};

/** The keys that work on this page, beside those that work everywhere. */
const list = () => {
  const here = one("#keys-here");
  if (!here) return;
  const known = new Map(all("[data-key][data-label]").filter(seen).map((button) => [button.dataset.key, button.dataset.label]));
  here.replaceChildren(...[...known].map(([key, label]) => {
    const line = document.createElement("div");
    const name = document.createElement("dt");
    const value = document.createElement("dd");
    name.textContent = label;
    value.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    line.append(name, value);
    return line;
  }));
};

const everywhere = {
  j: () => follow(move(1)),
  k: () => follow(move(-1)),
  x: choose,
  "/": () => open(one("#palette")),
  "?": () => { list(); open(one("#keys")); },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open(one("#palette"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
  const act = everywhere[event.key];
  if (act) act();
  else if (event.key.length !== 1 || !press(event.key)) return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest('[data-opens="keys"]')) list();
}, true);
