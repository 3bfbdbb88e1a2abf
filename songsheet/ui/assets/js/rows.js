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
};

const boxes = () => all('[data-choose]');
let last = null;

const show = () => {
  const chosen = boxes().filter((box) => box.checked);
  boxes().forEach((box) => box.closest(ROW)?.toggleAttribute("data-chosen", box.checked));
  const bar = one("[data-bulk]");
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  const count = one("[data-bulk-count]", bar);
  const words = String(chosen.length);
  if (count.textContent !== words) count.textContent = words;
  const whole = one("[data-choose-all]");
  if (!whole) return;
  whole.checked = chosen.length > 0 && chosen.length === boxes().length;
  whole.indeterminate = chosen.length > 0 && !whole.checked;
};

/** With shift everything between the last box and this one takes its state. */
on("click", "[data-choose]", (box, event) => {
  const list = boxes();
  if (event.shiftKey && last && list.includes(last)) {
    const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
    list.slice(from, to + 1).forEach((between) => { between.checked = box.checked; });
  }
  last = box;
  show();
});
on("change", "[data-choose-all]", (whole) => {
  boxes().forEach((box) => { box.checked = whole.checked; });
  show();
});
on("click", "[data-choose-none]", () => {
  boxes().forEach((box) => { box.checked = false; });
  show();
});

export const choose = () => {
  const box = current() && one("[data-choose]", current());
  if (!box) return;
  box.checked = !box.checked;
  last = box;
  show();
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
