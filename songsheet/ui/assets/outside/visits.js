// Runs on pages of our sites: tells which page was seen, and keeps nothing in the browser before its owner allows it.
//
//   <script async src="https://…/in/script.js" data-site="site_…" data-mode="stitched"></script>
//
// Without `stitched` pages are counted and nobody is known. With it, what is seen waits in memory until
// `songsheet.allow()` or `songsheet.deny()` is called or the page is left; then it goes out with a random number
// or without. Where the browser asks not to be tracked (Global Privacy Control) pages are counted, and no more.
// Who calls before this has come writes: (window.songsheet = window.songsheet || []).push(["allow"]).
(() => {
  const me = document.currentScript;
  const early = window.songsheet || [];
  if (!me || !Array.isArray(early)) return;

  const door = new URL(`events?site=${encodeURIComponent(me.dataset.site)}`, me.src).href;
  const stitched = me.dataset.mode === "stitched" && !navigator.globalPrivacyControl;
  const KEPT = `songsheet ${me.dataset.site}`;
  const NUMBER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const CLICK_IDS = ("gclid gbraid wbraid msclkid yclid fbclid ttclid twclid li_fat_id rdt_cid ScCid dclid igshid epik "
    + "srsltid mc_cid mc_eid _hsenc mkt_tok").split(" ");
  const MOST = 30; // of what waits; the oldest goes
  const TRIES = 5;
  const PAUSE = 30_000;
  const LATE = 2_000; // what is older says when it happened; else our clock does, as theirs may be wrong

  let visitor = "";
  let decided = !stitched;
  let waiting = []; // of { event, since, tries, sent }
  let last = "";
  let before = document.referrer;

  const random = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // -- what is kept in the browser, once it is allowed ------------------------------------------------------------

  /** A browser may forbid storage; then memory is all there is. */
  const stored = (do_) => {
    try { return do_(localStorage); } catch { return undefined; }
  };
  const names = (box) => Object.keys(box).filter((name) => name === KEPT || name.startsWith(`${KEPT} `));
  const keep = (one) => visitor && stored((box) =>
    box.setItem(`${KEPT} ${one.event.id}`, JSON.stringify({ event: one.event, since: one.since })));
  const done = (one) => {
    waiting = waiting.filter((each) => each !== one);
    stored((box) => box.removeItem(`${KEPT} ${one.event.id}`));
  };
  const resume = () => stored((box) => {
    const number = box.getItem(KEPT) || "";
    if (!NUMBER.test(number)) return;
    visitor = number;
    decided = true;
    for (const name of names(box).filter((one) => one !== KEPT).slice(-MOST)) {
      waiting.push({ ...JSON.parse(box.getItem(name)), tries: 0 });
    }
  });

  // -- what is seen -----------------------------------------------------------------------------------------------

  const keepHistory = history.replaceState;

  /** The number of the click that led here, taken out of the address bar. */
  const click = () => {
    const marks = location.search.slice(1).split("&");
    const number = new URLSearchParams(location.search).get("ss");
    if (number === null) return "";
    const rest = marks.filter((mark) => !/^ss(=|$)/.test(mark)).join("&");
    keepHistory.call(history, history.state, "", location.pathname + (rest && `?${rest}`) + location.hash);
    return NUMBER.test(number) ? number : "";
  };
  const origin = (address) => {
    try { return new URL(address).origin; } catch { return ""; }
  };

  const seen = () => {
    const link = click();
    const page = location.pathname + location.search;
    if (page === last) return;
    last = page;
    const query = new URLSearchParams(location.search);
    const marks = {};
    for (const name of ["source", "medium", "campaign", "term", "content"]) {
      const mark = (query.get(`utm_${name}`) || "").trim().slice(0, 120);
      if (mark) marks[name] = mark;
    }
    const ids = CLICK_IDS.filter((name) => query.get(name)).slice(0, 10);
    const event = {
      id: random(),
      type: "page_view",
      page: {
        url: (location.origin + location.pathname).slice(0, 2000),
        title: document.title.trim().slice(0, 200),
        referrer: origin(before),
      },
    };
    if (Object.keys(marks).length) event.utm = marks;
    if (ids.length) event.click_ids = Object.fromEntries(ids.map((name) => [name, query.get(name).slice(0, 200)]));
    if (link && stitched) event.link = link;
    if (visitor) event.visitor = visitor;
    before = location.href;
    const one = { event, since: Date.now(), tries: 0 };
    waiting = [...waiting, one].slice(-MOST);
    keep(one);
    if (decided) send();
  };

  // -- what is sent -----------------------------------------------------------------------------------------------

  /** As it goes out: where nobody is to be known, click ids say which they are and not their value. */
  const written = ({ event, since }) => {
    const one = { ...event };
    if (Date.now() - since > LATE) one.at = new Date(since).toISOString();
    if (!one.visitor && one.click_ids) {
      one.click_ids = Object.fromEntries(Object.keys(one.click_ids).map((name) => [name, ""]));
    }
    return JSON.stringify(one);
  };

  const send = () => {
    for (const one of waiting.filter((each) => !each.sent && each.tries < TRIES)) {
      one.sent = true;
      one.tries += 1;
      const again = () => {
        one.sent = false;
        setTimeout(send, PAUSE);
      };
      fetch(door, { method: "POST", body: written(one), keepalive: true, credentials: "omit" }).then((answer) => {
        // what is refused for good is not asked again; what the house could not take just now is
        if (answer.ok || (answer.status < 500 && ![408, 429].includes(answer.status))) done(one);
        else again();
      }, again);
    }
  };

  /** The page is left: what waits goes out once more, and the same one twice counts once. */
  const leave = () => {
    for (const one of waiting) navigator.sendBeacon(door, written(one));
    if (!visitor) waiting = [];
  };

  // -- what pages and their consent banners call ------------------------------------------------------------------

  /** They allow it. With `past: false` what they saw before this page stays without a number. */
  const allow = ({ past = true } = {}) => {
    if (!stitched) return false;
    if (visitor) return true;
    decided = false;
    visitor = random();
    stored((box) => box.setItem(KEPT, visitor));
    if (!waiting.some((one) => !one.sent)) {
      last = ""; // this page went out without a number: it is told once more
      seen();
    }
    const theirs = waiting.filter((one) => !one.sent);
    for (const one of past ? theirs : theirs.slice(-1)) one.event.visitor = visitor;
    theirs.forEach(keep);
    decided = true;
    send();
    return true;
  };

  /** They changed their mind: nothing of them stays in this browser, and what waits goes out without a number. */
  const forget = () => {
    visitor = "";
    for (const one of waiting) delete one.event.visitor;
    stored((box) => names(box).forEach((name) => box.removeItem(name)));
  };

  const deny = () => {
    forget();
    decided = true;
    send();
  };

  const api = { allow, deny, forget, visitor: () => visitor };
  api.push = ([name, given]) => api[name](given);
  window.songsheet = api;

  const begin = () => {
    if (document.prerendering || document.visibilityState === "hidden") return;
    for (const name of ["prerenderingchange", "visibilitychange"]) document.removeEventListener(name, begin);
    if (stitched) resume();
    seen();
    early.forEach(api.push);
    if (decided) send();
    const moved = () => setTimeout(seen, 50); // by then the page has its new title
    for (const name of ["pushState", "replaceState"]) {
      const own = history[name];
      history[name] = function moving(...given) {
        own.apply(this, given);
        moved();
      };
    }
    addEventListener("popstate", moved);
    addEventListener("online", send);
    addEventListener("pagehide", leave);
    addEventListener("pageshow", (came) => {
      if (!came.persisted) return;
      last = "";
      seen();
    });
  };
  for (const name of ["prerenderingchange", "visibilitychange"]) document.addEventListener(name, begin);
  begin();
})();
