// @ and a few letters in a text: who is meant is chosen by arrow keys and Enter, or by a tap.
import { on, one, say } from "./dom.js";

const BEFORE = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N} .'-]{0,30})?$/u;
let list = null;
let hits = [];
let chosen = -1;
let asked = 0;

const shut = (area) => {
  list?.remove();
  list = null;
  hits = [];
  chosen = -1;
  area?.removeAttribute("aria-activedescendant");
  area?.removeAttribute("aria-controls");
};

const mark = (area, at) => {
  chosen = at;
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  area.setAttribute("aria-activedescendant", list.children[at].id);
  say(hits[at].name);
};

/** The words after the @ become the name, with a blank behind it. */
const take = (area, at) => {
  const end = area.selectionStart;
  const begin = area.value.slice(0, end).lastIndexOf("@");
  area.setRangeText(`@${hits[at].typed} `, begin, end, "end");
  shut(area);
  area.focus();
};

const show = (area, found) => {
  shut(area);
  if (!found.length) return;
  hits = found;
  list = Object.assign(document.createElement("ul"), { className: "mentions", id: "mention-hits" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  hits.forEach((hit, at) => {
    const item = Object.assign(document.createElement("li"), { id: `mention-${at}` });
    item.setAttribute("role", "option");
    const role = Object.assign(document.createElement("span"), { className: "quiet", textContent: hit.role });
    item.append(hit.name, role);
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(area, at); });
    list.append(item);
  });
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  mark(area, 0);
};

const look = async (area) => {
  const found = BEFORE.exec(area.value.slice(0, area.selectionStart));
  const turn = ++asked;
  if (!found) return shut(area);
  const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(found[1] ?? "")}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || turn !== asked) return;
  show(area, (await answer.json()).hits);
};

on("input", "textarea[data-mentions]", look);
on("focusout", "textarea[data-mentions]", (area) => { asked += 1; shut(area); });
document.addEventListener("keydown", (event) => {
  const area = event.target;
  if (!list || !(area instanceof HTMLTextAreaElement)) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(area, (chosen + step + hits.length) % hits.length);
  else if (event.key === "Enter" || event.key === "Tab") take(area, chosen);
  else if (event.key === "Escape") shut(area);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
