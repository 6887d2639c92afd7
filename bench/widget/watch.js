// Runs in every frame before the page does. `watched` holds what a test asks for later.
(() => {
  const watched = {
    said: [], // what live regions announce, in order
    violations: [], // of the content security policy
    shifts: [], // of the layout
    focus: [], // where the focus went, without the user's doing or with it
    executed: false, // set by scripts that hostile texts smuggle in
  };
  Object.defineProperty(window, "watched", { value: watched });

  addEventListener("securitypolicyviolation", (event) => {
    watched.violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
  });

  try {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        // Nodes in shadow roots are told as null, so the places are kept as well.
        const moved = entry.sources.map(({ node, currentRect }) => ({ node, box: currentRect }));
        watched.shifts.push({ value: entry.value, at: entry.startTime, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  } catch {
    // Another browser: no such figures there.
  }

  const parentOf = (node) => node.parentNode || node.host || null;
  const POLITENESS = { status: "polite", log: "polite", alert: "assertive" };

  // The nearest region decides: `off` within a `log` silences it.
  const regionOf = (node) => {
    for (let at = node; at; at = parentOf(at)) {
      if (at.nodeType !== Node.ELEMENT_NODE) continue;
      const way = at.getAttribute("aria-live") || POLITENESS[at.getAttribute("role")];
      if (way) return way === "off" ? null : { element: at, way };
    }
    return null;
  };

  const languageOf = (node) => {
    for (let at = node; at; at = parentOf(at)) {
      if (at.nodeType === Node.ELEMENT_NODE && at.getAttribute("lang")) return at.getAttribute("lang");
    }
    return "";
  };

  const isHidden = (node) => {
    for (let at = node; at; at = parentOf(at)) {
      if (at.nodeType !== Node.ELEMENT_NODE) continue;
      if (at.getAttribute("aria-hidden") === "true" || at.inert) return true;
      const style = getComputedStyle(at);
      if (style.display === "none" || style.visibility === "hidden") return true;
    }
    return false;
  };

  const announce = (target, added) => {
    const region = regionOf(target);
    if (!region || isHidden(added)) return;
    const isWhole = region.element.getAttribute("aria-atomic") === "true";
    const text = (isWhole ? region.element : added).textContent.replace(/\s+/g, " ").trim();
    if (!text) return;
    const element = added.nodeType === Node.ELEMENT_NODE ? added : target;
    const inner = element.querySelector && element.querySelector("[lang]");
    const language = inner ? inner.getAttribute("lang") : languageOf(element);
    watched.said.push({ text, way: region.way, language, at: performance.now() });
  };

  const heard = (records) => {
    const told = new Set();
    for (const record of records) {
      if (record.type === "characterData") {
        if (!told.has(record.target)) announce(record.target.parentNode, record.target);
        told.add(record.target);
        continue;
      }
      for (const node of record.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.TEXT_NODE) continue;
        // Part of something that was told as a whole, or gone again.
        let isTold = !node.isConnected;
        for (let at = node; at; at = parentOf(at)) isTold ||= told.has(at);
        if (!isTold) announce(record.target, node);
        told.add(node);
      }
    }
  };
  const wanted = { childList: true, subtree: true, characterData: true };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    new MutationObserver(heard).observe(root, wanted);
    return root;
  };
  new MutationObserver(heard).observe(document, wanted);

  const nameOf = (element) =>
    element ? `${element.localName}#${element.id} ${element.getAttribute("aria-label") || element.textContent.trim().slice(0, 40)}` : "";
  addEventListener(
    "focusin",
    (event) => {
      const inner = event.composedPath()[0];
      watched.focus.push({ name: nameOf(inner), at: performance.now() });
    },
    true,
  );
})();
