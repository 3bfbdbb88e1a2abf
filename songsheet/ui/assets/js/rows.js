// Rows: j and k move among them, x and the boxes choose them, and what can be done with the chosen shows at the foot.
import { all, on, one, seen } from "./dom.js";

const ROW = "[data-row]";
const link = (row) => (row.matches("a, button") ? row : one("[data-open], a[href]", row));

export const rows = () => all(ROW).filter(seen);
export const current = () => document.activeElement?.closest(ROW) ?? one(`${ROW}[aria-current="true"]`);

/** Focus goes to the row's own link: Enter then opens it as it would anyway. */
export const move = (step) => {
  const list = rows();
  if (!list.length) return;
  const here = list.indexOf(current());
  const next = list[here < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, here + step))];
  link(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return next;
};

const boxes = () => all('[data-choose]');
const every = () => one("[data-choose-every]");
let last = null;

/** Everything that matches is chosen, shown or not, until a box says otherwise. */
const whole = (yes) => { if (every()) every().value = yes ? "yes" : ""; };

const show = () => {
  const chosen = boxes().filter((box) => box.checked);
  boxes().forEach((box) => box.closest(ROW)?.toggleAttribute("data-chosen", box.checked));
  const bar = one("[data-bulk]");
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  const count = one("[data-bulk-count]", bar);
  const words = every()?.value ? bar.dataset.every : String(chosen.length);
  if (count.textContent !== words) count.textContent = words;
  const match = one("[data-choose-match]", bar);
  if (match) match.hidden = Boolean(every()?.value);
  const head = one("[data-choose-all]");
  if (!head) return;
  head.checked = chosen.length > 0 && chosen.length === boxes().length;
  head.indeterminate = chosen.length > 0 && !head.checked;
};

const set = (list, state) => {
  list.forEach((box) => { box.checked = state; });
  whole(false);
  show();
};

/** From the box that was last chosen to this one, all take its state. */
const stretch = (box) => {
  const list = boxes();
  if (!last || !list.includes(last)) return [box];
  const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
  return list.slice(from, to + 1);
};

on("click", "[data-choose]", (box, event) => {
  set(event.shiftKey ? stretch(box) : [box], box.checked);
  last = box;
});
on("change", "[data-choose-all]", (head) => set(boxes(), head.checked));
on("click", "[data-choose-none]", () => set(boxes(), false));
on("click", "[data-choose-match]", () => {
  set(boxes(), true);
  whole(true);
  show();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || one("dialog[open], :popover-open")) return;
  if (one("[data-bulk]:not([hidden])") && !event.target.matches("input:not([type=checkbox]), textarea, select")) set(boxes(), false);
});

/** A click on a row with shift or the command key held chooses it; its links keep doing what links do. */
on("click", ROW, (row, event) => {
  const box = one("[data-choose]", row);
  if (!box || event.target.closest("a, button, input, select, label, form") || !(event.shiftKey || event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  set(event.shiftKey ? stretch(box) : [box], event.shiftKey || !box.checked);
  last = box;
});

export const choose = () => {
  const box = current() && one("[data-choose]", current());
  if (!box) return;
  set([box], !box.checked);
  last = box;
};

/** A list that fits its sheet keeps its head in sight while the page scrolls; a wider one scrolls by itself. */
const fit = () => all("[data-list-frame]").forEach((frame) => {
  frame.removeAttribute("data-fits");
  frame.toggleAttribute("data-fits", frame.scrollWidth <= frame.clientWidth);
});
fit();
addEventListener("resize", fit);
document.addEventListener("htmx:afterSettle", fit);
document.addEventListener("htmx:afterSettle", show);
addEventListener("pageshow", show);
