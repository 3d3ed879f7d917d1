// Keeps what is marked data-live fresh, by asking for the same page again. Without this the page still works.
"use strict";
(() => {
  const regions = () => document.querySelectorAll("[data-live]");
  if (regions().length === 0) return;

  const busy = () => document.querySelector("[data-live] progress, [data-live][data-running=true]") !== null;

  const bars = (root) => [...root.querySelectorAll("progress")];

  // A bar that stays keeps its element, so that it moves instead of blinking.
  const swap = (old, fresh) => {
    const before = bars(old), after = bars(fresh);
    before.forEach((bar, i) => {
      if (i < after.length && bar.hasAttribute("value") === after[i].hasAttribute("value")) {
        if (bar.hasAttribute("value")) { bar.max = after[i].max; bar.value = after[i].value; }
        after[i].replaceWith(bar);
      }
    });
    [...old.querySelectorAll("details")].forEach((was, i) => {
      const now = fresh.querySelectorAll("details")[i];
      if (now) now.open = was.open;
    });
    old.replaceChildren(...fresh.childNodes);
    for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
  };

  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401) { location.reload(); return; }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of regions()) {
      const fresh = page.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
      if (fresh === null) { location.reload(); return; }
      if (!old.contains(document.activeElement) && old.outerHTML !== fresh.outerHTML) swap(old, fresh);
    }
  };

  const loop = async () => {
    if (!document.hidden) {
      try { await refresh(); document.body.classList.remove("stale"); } catch { document.body.classList.add("stale"); }
    }
    setTimeout(loop, busy() ? 1000 : 10000);
  };
  setTimeout(loop, busy() ? 1000 : 10000);
})();
