// Time moves on by itself: once a minute, quietly. Only the change to warning and to late is read aloud.
import { all, fill, one, say } from "./dom.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const words = JSON.parse(one("#page-words")?.textContent ?? "{}");
/** Days before months, as the server writes them. */
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const zone = document.body.dataset.zone || undefined;
/** The server's clock, not the machine's: a demo lives on a Tuesday. */
const ahead = document.body.dataset.now ? Date.parse(document.body.dataset.now) - Date.now() : 0;
const now = () => Date.now() + ahead;

const format = (options) => {
  try { return new Intl.DateTimeFormat(language, { ...options, timeZone: zone }); } catch { return new Intl.DateTimeFormat(language, options); }
};
const dayName = format({ year: "numeric", month: "2-digit", day: "2-digit" });
const shortDay = format({ day: "numeric", month: "long" });
const longDay = format({ day: "numeric", month: "long", year: "numeric" });
const hour = format({ hour: "numeric", minute: "2-digit", hour12: false });
const sameDay = (one, other) => dayName.format(one) === dayName.format(other);

const ago = (at, instant) => {
  const passed = instant - at;
  if (passed < MINUTE) return words.justNow;
  if (passed < HOUR) return fill(words.minAgo, { n: Math.floor(passed / MINUTE) });
  return fill(words.hAgo, { n: Math.floor(passed / HOUR) });
};

const relative = (at, instant) => {
  if (instant - at >= 0 && sameDay(at, instant)) return ago(at, instant);
  if (sameDay(at, instant)) return fill(words.today, { time: hour.format(at) });
  if (sameDay(at, instant - DAY)) return fill(words.yesterday, { time: hour.format(at) });
  return (new Date(at).getFullYear() === new Date(instant).getFullYear() ? shortDay : longDay).format(at);
};

const left = (due, instant) => {
  const late = instant - due;
  if (late >= 0) return late < HOUR ? fill(words.minLate, { n: Math.max(1, Math.floor(late / MINUTE)) }) : fill(words.hLate, { n: Math.floor(late / HOUR) });
  const minutes = Math.ceil(-late / MINUTE);
  if (minutes < 60) return fill(words.minLeft, { n: minutes });
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return fill(m ? words.hMinLeft : words.hLeft, { h, m });
};

const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };

const redraw = (clock, instant) => {
  const due = Date.parse(clock.dateTime);
  if (!sameDay(due, instant) && due > instant) return;
  if (instant - due >= DAY) return;
  const since = Date.parse(clock.dataset.since) || due - DAY;
  const state = due <= instant ? "late" : Date.parse(clock.dataset.soon) <= instant ? "soon" : "";
  const says = left(due, instant);
  put(one("span", clock), says);
  const share = Math.round(100 * Math.min(1, Math.max(0, (due - instant) / (due - since))));
  one(".rest", clock)?.setAttribute("stroke-dasharray", `${share} 100`);
  if (state && !clock.classList.contains(state)) say(clock.dataset.about ? fill(words.soon, { what: clock.dataset.about, left: says }) : says);
  clock.classList.toggle("soon", state === "soon");
  clock.classList.toggle("late", state === "late");
};

const tick = () => {
  if (!words.justNow) return;
  const instant = now();
  all("time[data-ago]").forEach((time) => put(time, ago(Date.parse(time.dateTime), instant)));
  all("time[data-relative]").forEach((time) => put(time, relative(Date.parse(time.dateTime), instant)));
  all("time[data-left]").forEach((clock) => redraw(clock, instant));
};

tick();
setInterval(tick, MINUTE);
document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
document.addEventListener("htmx:afterSettle", tick);
