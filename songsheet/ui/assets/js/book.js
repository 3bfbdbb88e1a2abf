// Free times on an outside page: shows them in the zone of the browser unless one was chosen, and anew as soon as another one is.
// Without this the zone is chosen by the list and its button.
const form = document.querySelector("[data-zone]");
const select = form?.elements.zone;

if (select) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...select.options].some((one) => one.value === here);
  form.querySelector("[type=submit]").hidden = true;
  select.addEventListener("change", () => form.requestSubmit());
  if ("guess" in form.dataset && known && here !== select.value) {
    const address = new URL(location.href);
    address.searchParams.set("zone", here);
    location.replace(address);
  }
}
