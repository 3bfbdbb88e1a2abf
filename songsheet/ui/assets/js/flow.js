// The flow is one tab stop; arrows walk its ribbons: up and down within a stage, left and right along the leads.
import { all, on, one } from "./dom.js";

const ribbons = (picture) => all("a[data-from]", picture);

on("keydown", ".flow a[data-from]", (ribbon, event) => {
  const picture = ribbon.closest("svg");
  const stage = ribbons(picture).filter((other) => other.dataset.stage === ribbon.dataset.stage);
  const at = stage.indexOf(ribbon);
  const thickest = (list) => list.sort((a, b) => b.dataset.count - a.dataset.count)[0];
  const goes = {
    ArrowDown: () => stage[at + 1],
    ArrowUp: () => stage[at - 1],
    ArrowRight: () => thickest(ribbons(picture).filter((other) => other.dataset.from === ribbon.dataset.to)),
    ArrowLeft: () => thickest(ribbons(picture).filter((other) => other.dataset.to === ribbon.dataset.from)),
    Home: () => ribbons(picture)[0],
    End: () => ribbons(picture).at(-1),
  }[event.key];
  if (!goes) return;
  event.preventDefault();
  const next = goes();
  if (!next) return;
  ribbons(picture).forEach((other) => other.setAttribute("tabindex", other === next ? "0" : "-1"));
  next.focus();
});
