// A board: cards are dragged, or moved by keyboard and menu; what the server refuses goes back to where it was.
import { all, fill, on, one, say } from "./dom.js";

const CARD = "[data-card]";
const cardsOf = (column) => one("ol", column);
const columnOf = (card) => card.closest("[data-column]");
let carried = null;
let meant = null;

/** At once to the top of the column; back to its place when the server says no. */
const move = (card, column) => {
  const from = columnOf(card);
  if (!column || column === from || card.classList.contains("moving")) return;
  const place = { list: cardsOf(from), before: card.nextElementSibling };
  const board = card.closest("[data-board]");
  const label = column.getAttribute("aria-label");
  const { card: key, version } = card.dataset;
  cardsOf(column).prepend(card);
  card.classList.add("moving");
  const focus = () => one(`#card-${CSS.escape(key)} [data-open]`)?.focus({ preventScroll: true });
  focus();
  const answered = (event) => {
    if (event.detail.requestConfig?.elt !== card) return;
    document.removeEventListener("htmx:afterRequest", answered);
    card.classList.remove("moving");
    if (event.detail.xhr.status >= 200 && event.detail.xhr.status < 400) {
      say(fill(board.dataset.says, { where: label }));
      setTimeout(focus);
      return;
    }
    place.list.insertBefore(card, place.before);
    say(board.dataset.back);
    focus();
  };
  document.addEventListener("htmx:afterRequest", answered);
  const values = { key, version, to: column.dataset.column, query: location.search };
  window.htmx.ajax("POST", board.dataset.board, { source: card, target: card, swap: "outerHTML", values });
};

on("dragstart", CARD, (card, event) => {
  carried = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.card);
  card.classList.add("carried");
});
on("dragend", CARD, (card) => {
  carried = null;
  card.classList.remove("carried");
  all("[data-column].over").forEach((column) => column.classList.remove("over"));
});
on("dragover", "[data-column]", (column, event) => {
  if (!carried) return;
  event.preventDefault();
  all("[data-column].over").forEach((other) => other.classList.toggle("over", other === column));
  column.classList.add("over");
});
on("drop", "[data-column]", (column, event) => {
  if (!carried) return;
  event.preventDefault();
  move(carried, column);
});

/** The menu is one for all cards: it moves the one that opened it. */
on("click", `${CARD} [popovertarget="move-menu"]`, (button) => { meant = button.closest(CARD).dataset.card; });
on("click", "[data-move-to]", (item) => {
  item.closest("[popover]").hidePopover();
  const card = meant && one(`#card-${CSS.escape(meant)}`);
  if (card) move(card, one(`[data-column="${CSS.escape(item.dataset.moveTo)}"]`));
});

/** Left and right go to the next column; with shift they take the card along. */
document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const card = step && event.target instanceof Element && event.target.closest(CARD);
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const columns = all("[data-column]");
  const next = columns[columns.indexOf(columnOf(card)) + step];
  if (!next) return;
  if (event.shiftKey && card.draggable) move(card, next);
  else one("[data-open]", next)?.focus();
});
