// A form on an outside page: shows what is asked only after another answer, works a little so that a robot would have to,
// and tells the page around it how tall it is. Without this everything can be filled in all the same.
const form = document.querySelector("[data-form]");

const answersOf = (name) =>
  [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
    .filter((one) => !one.disabled && (one.type === "radio" || one.type === "checkbox" ? one.checked : true))
    .map((one) => one.value);

const show = () => {
  for (const question of form.querySelectorAll("[data-shown-if]")) {
    const { shownIf, shownIs } = question.dataset;
    const shown = answersOf(shownIf).includes(shownIs);
    question.hidden = !shown;
    for (const input of question.querySelectorAll("input, select, textarea")) input.disabled = !shown;
  }
  tell();
};

const tell = () => {
  if (window.parent !== window) window.parent.postMessage({ songsheet: "tall", height: document.documentElement.scrollHeight }, "*");
};

const zeros = (bytes) => {
  let count = 0;
  for (const byte of bytes) {
    if (byte) return count + Math.clz32(byte) - 24;
    count += 8;
  }
  return count;
};

const work = async () => {
  const stamp = form.elements._stamp.value;
  const bits = Number(form.dataset.bits);
  const letters = new TextEncoder();
  for (let tried = 0; tried < 1e6; tried += 1) {
    const digest = await crypto.subtle.digest("SHA-256", letters.encode(`${stamp}:${tried}`));
    if (zeros(new Uint8Array(digest)) >= bits) {
      form.elements._work.value = String(tried);
      return;
    }
  }
};

const remember = (event) => {
  if (event.source !== window.parent || event.data?.songsheet !== "visitor") return;
  let input = form.elements._visitor;
  if (!input) {
    input = Object.assign(document.createElement("input"), { type: "hidden", name: "_visitor" });
    form.append(input);
  }
  input.value = String(event.data.visitor ?? "").slice(0, 36);
};

if (window.parent !== window) document.body.classList.add("framed");
if (form) {
  for (const only of form.querySelectorAll(".hint.only")) only.hidden = true;
  form.addEventListener("input", show);
  if (window.parent !== window) addEventListener("message", remember);
  // Twice pressed is once sent.
  form.addEventListener("submit", () => form.querySelector("[type=submit]").setAttribute("aria-busy", "true"));
  show();
  if (globalThis.crypto?.subtle) work();
  (document.getElementById("trouble") ? form.querySelector("[aria-invalid=true]") ?? document.getElementById("trouble") : null)?.focus();
}
tell();
