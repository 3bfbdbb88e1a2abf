// Light, dark or as the system; the rail folded or not. Both live in a cookie, so that the server writes them and nothing flashes.
import { all, on, one, remember } from "./dom.js";

const root = document.documentElement;

const show = () => all("[data-theme-is]").forEach((choice) =>
  choice.setAttribute("aria-pressed", String(choice.dataset.themeIs === (root.dataset.theme ?? ""))));

on("click", "[data-theme-is]", (choice) => {
  const theme = choice.dataset.themeIs;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  remember("theme", theme);
  show();
});

on("click", "[data-fold]", (button) => {
  const folded = root.dataset.rail !== "folded";
  if (folded) root.dataset.rail = "folded";
  else delete root.dataset.rail;
  remember("rail", folded ? "folded" : "");
  button.setAttribute("aria-pressed", String(folded));
});

one("[data-fold]")?.setAttribute("aria-pressed", String(root.dataset.rail === "folded"));
show();
