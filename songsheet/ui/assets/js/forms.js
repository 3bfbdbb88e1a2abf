// Forms that answer while they are filled in, and that are not sent twice.
import { on } from "./dom.js";

/** A filter is applied when it is chosen; empty ones stay out of the address. */
on("change", "form[data-at-once]", (form) => form.requestSubmit());
on("submit", "form[data-at-once], form[data-lean]", (form) => {
  for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  setTimeout(() => { for (const field of form.elements) field.disabled = false; });
});

/** Several boxes of one name become one value with commas: `columns=name,owner`. */
on("submit", "form[data-join]", (form) => {
  const boxes = [...form.elements].filter((field) => field.name === form.dataset.join);
  const joined = document.createElement("input");
  Object.assign(joined, { type: "hidden", name: form.dataset.join, value: boxes.filter((box) => box.checked).map((box) => box.value).join(",") });
  boxes.forEach((box) => { box.disabled = true; });
  form.append(joined);
  setTimeout(() => { joined.remove(); boxes.forEach((box) => { box.disabled = false; }); });
});

/** Ctrl and Enter send a form from within any of its fields: a text takes Enter for itself. */
on("keydown", "form :is(input, select, textarea)", (field, event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
  event.preventDefault();
  const send = [...field.form.elements].find((one) => one.matches("button:not([type=button])") && !one.disabled);
  if (send) send.click();
  else field.form.requestSubmit();
});

on("submit", 'form[method="post"]:not([hx-post], [data-upload], [method="dialog"])', (form, event) => {
  if (event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.classList.add("waits");
  setTimeout(() => { delete form.dataset.sent; event.submitter?.classList.remove("waits"); }, 8000);
});
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});
