// Toasts: they go after a while, stay while they are hovered or focused, and Undo comes back to this very page.
import { all, on, one } from "./dom.js";

const STAYS = 8000;

const dismiss = (toast) => {
  toast.classList.add("going");
  setTimeout(() => toast.remove(), 200);
};

const watch = (toast) => {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "yes";
  let timer = setTimeout(dismiss, STAYS, toast);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    if (!toast.matches(":hover, :focus-within")) timer = setTimeout(dismiss, STAYS / 2, toast);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusout", () => setTimeout(release));
};

const region = one("#toasts");
if (region) {
  all("[data-toast]", region).forEach(watch);
  new MutationObserver(() => all("[data-toast]", region).forEach(watch)).observe(region, { childList: true });
}

on("click", "[data-shut]", (button) => dismiss(button.closest("[data-toast]")));

on("submit", "[data-undo]", (form) => {
  form.elements.next.value = location.pathname + location.search;
  form.elements.csrfmiddlewaretoken.value = one('meta[name="csrf"]')?.content ?? "";
});
