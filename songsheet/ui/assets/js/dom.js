// The few helpers that every file shares.
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Listens on the document, so that parts swapped in later need no set-up of their own. */
export const on = (event, selector, act, options) =>
  document.addEventListener(event, (happened) => {
    const found = happened.target instanceof Element && happened.target.closest(selector);
    if (found) act(found, happened);
  }, options);

export const seen = (element) => element.checkVisibility({ visibilityProperty: true });

const to_say = [];

/** Read aloud, never shown; what is said in one breath is read as one. */
export const say = (words) => {
  const region = one("#said");
  if (!region || to_say.push(words) > 1) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = to_say.splice(0).join(". "); }, 50);
};

/** Fills `%(name)s` in a sentence that the server translated; `%(name)02d` is padded to two digits. */
export const fill = (sentence, values) =>
  sentence.replace(/%\((\w+)\)(s|02d)/g, (_, name, form) => (form === "s" ? values[name] : String(values[name]).padStart(2, "0")));

export const remember = (name, value) => {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${value ? 31536000 : 0}; SameSite=Lax${secure}`;
};
