// Files dropped or pasted into a note join those that were picked.
import { on, one } from "./dom.js";

const join = (form, files) => {
  const input = one("input[type=file]", form);
  if (!input || !files.length) return;
  const all = new DataTransfer();
  for (const file of [...input.files, ...files]) all.items.add(file);
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

/** Once somebody was in it the form stays as large: what lies below must not move away from under a click. */
on("focusin", "form[data-note]", (form) => form.classList.add("open"));

on("dragover", "form[data-note]", (_, event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
on("drop", "form[data-note]", (form, event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  join(form, event.dataTransfer.files);
});
on("paste", "form[data-note] textarea", (area, event) => {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  join(area.form, event.clipboardData.files);
});
