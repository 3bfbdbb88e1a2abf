// The bell: asked for behind the page, and each minute while it is seen; what a notice led to is read by being there.
import { one, say } from "./dom.js";

const MINUTE = 60_000;
/** So long what another page of this tab was told still holds. */
const FRESH = 10_000;
const bell = () => one("#bell");
const parsed = (html) => one("#bell", new DOMParser().parseFromString(html, "text/html"));
const kept = () => {
  try { return JSON.parse(sessionStorage.getItem("bell")) ?? {}; } catch { return {}; }
};
const keep = () => {
  try {
    sessionStorage.setItem("bell", JSON.stringify({ at: Date.now(), whose: bell().dataset.whose, html: bell().outerHTML }));
  } catch { /* a browser that keeps nothing asks on every page */ }
};

const look = async () => {
  if (!bell() || document.hidden) return;
  const answer = await fetch(`/notices/bell?shown=${bell().dataset.bell}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = answer.status === 200 && parsed(await answer.text());
  if (fresh) {
    const more = Number(fresh.dataset.bell) > Number(bell().dataset.bell);
    bell().replaceWith(fresh);
    if (more) say(fresh.textContent.trim());
  }
  keep();
};

const begin = () => {
  const before = kept();
  if (!bell()) return;
  const mine = before.whose === bell().dataset.whose;
  if (mine) bell().replaceWith(parsed(before.html));
  if (!mine || Date.now() - before.at > FRESH) look();
};
setInterval(look, MINUTE);
document.addEventListener("visibilitychange", () => { if (Date.now() - (kept().at ?? 0) > MINUTE) look(); });
document.addEventListener("htmx:oobAfterSwap", (event) => { if (event.detail.target?.id === "bell") keep(); });

/** An address that ends in #notice_…: the notice is read, and the mark goes out of the address. */
const led = () => {
  const key = /^#(notice_[0-9a-z]{26})$/.exec(location.hash)?.[1];
  if (!key || location.pathname === "/notices") return false;
  history.replaceState(history.state, "", location.pathname + location.search);
  window.htmx?.ajax("POST", `/notices/${key}/read`, { target: "#bell", swap: "none" }).then(look);
  return true;
};
addEventListener("hashchange", led);
addEventListener("DOMContentLoaded", () => { if (!led()) begin(); });
