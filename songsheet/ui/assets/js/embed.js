// Puts a form where its script stands: <script src="…/embed.js" data-form="form_…" async></script>.
// The page around it is told nothing but how tall the form is; the form is told the page, and who came before it.
const here = document.currentScript;
const key = here?.dataset.form ?? "";
const home = here ? new URL(here.src).origin : "";

if (/^form_[0-9a-z]{26}$/.test(key)) {
  const frame = document.createElement("iframe");
  const address = new URL(`/f/${key}`, home);
  const own = new URLSearchParams(location.search);
  for (const [name, value] of own) if (name.startsWith("utm_") || name.endsWith("clid") || name === "msclkid") address.searchParams.set(name, value);
  address.searchParams.set("page", location.origin + location.pathname);
  if (document.referrer && new URL(document.referrer).host !== location.host) address.searchParams.set("referrer", new URL(document.referrer).host);
  frame.src = address.href;
  frame.title = here.dataset.title ?? "Form";
  frame.setAttribute("loading", "lazy");
  frame.style.cssText = "width:100%;border:0;min-height:320px";
  addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== frame.contentWindow || event.data?.songsheet !== "tall") return;
    frame.style.height = `${Math.min(Math.max(Number(event.data.height) || 0, 120), 6000)}px`;
    // Who allowed to be remembered is remembered here too; nobody else has a number.
    frame.contentWindow.postMessage({ songsheet: "visitor", visitor: window.songsheet?.visitor?.() || "" }, home);
  });
  here.after(frame);
}
