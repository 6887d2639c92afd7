/* An object of measurements, each of which looks through all shadow roots. */
(() => {
  const everything = (root, found = []) => {
    for (const element of root.querySelectorAll("*")) {
      found.push(element);
      if (element.shadowRoot) everything(element.shadowRoot, found);
    }
    return found;
  };
  const inChat = () =>
    [...document.querySelectorAll("kumpel-chat")].flatMap((chat) =>
      chat.shadowRoot ? everything(chat.shadowRoot) : [],
    );
  // What only screen readers perceive is a pixel large, or clipped away.
  const isSeen = (element) => {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    for (let at = element; at; at = at.parentElement || at.getRootNode().host) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const isClipped = style.clipPath !== "none" || (style.clip && style.clip !== "auto");
      if (isClipped && box.width <= 2) return false;
      if (style.position === "absolute" && box.width <= 1 && box.height <= 1) return false;
    }
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  };
  const nameOf = (element) => {
    const text = element.getAttribute("aria-label") || element.textContent;
    return `${element.localName}.${element.getAttribute("class")} "${text.trim().slice(0, 40)}"`;
  };
  const isInline = (element) => getComputedStyle(element).display === "inline";

  return {
    // What lies outside the window, or is hidden by its own container.
    cut() {
      const found = [];
      const width = document.documentElement.clientWidth;
      const over = document.documentElement.scrollWidth - width;
      if (over > 0) found.push(`the page scrolls sideways by ${over} px`);
      for (const element of inChat().filter(isSeen)) {
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        if (!isInline(element) && element.clientWidth > 2) {
          const wider = element.scrollWidth - element.clientWidth;
          if (wider > 1 && style.overflowX !== "visible") {
            found.push(`${nameOf(element)} is ${wider} px wider than shown`);
          }
          const higher = element.scrollHeight - element.clientHeight;
          if (higher > 2 && ["hidden", "clip"].includes(style.overflowY)) {
            found.push(`${nameOf(element)} is ${higher} px higher than shown`);
          }
        }
        if (box.left < -1 || box.right > width + 1) {
          found.push(`${nameOf(element)} reaches from ${box.left} to ${box.right}`);
        }
      }
      return found;
    },

    smallTargets(least) {
      const wanted =
        "button, a[href], input, textarea, select, summary, [role=button], " +
        "[role=menuitem], [role=radio], [role=option], [role=tab]";
      return inChat()
        .filter((each) => each.matches(wanted) && isSeen(each))
        // WCAG 2.5.8 leaves out links within a sentence.
        .filter((each) => each.localName !== "a" || !isInline(each))
        .map((each) => [each, (each.closest("label") || each).getBoundingClientRect()])
        .filter(([, box]) => box.width < least || box.height < least)
        .map(([each, box]) => `${nameOf(each)}: ${box.width} x ${box.height}`);
    },

    // As WCAG 1.4.12 lets readers do.
    spaceText() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; " +
          "word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }",
      );
      const roots = everything(document).map((each) => each.shadowRoot);
      for (const root of [document, ...roots]) {
        if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      }
    },

    // Everything that could load or lead somewhere.
    addresses() {
      const names = ["href", "src", "action", "formaction", "srcdoc", "xlink:href"];
      return inChat().flatMap((each) =>
        names
          .filter((name) => each.hasAttribute(name))
          .map((name) => `${each.localName} ${name}=${each.getAttribute(name)}`),
      );
    },

    // Left, top and width of each character, for each place where a text is shown.
    boxesOf(wanted) {
      const letters = [];
      const isShown = (node) => isSeen(node.parentElement);
      const walk = (root) => {
        for (const node of root.childNodes) {
          if (node.nodeType === Node.TEXT_NODE && node.parentElement && isShown(node)) {
            for (let i = 0; i < node.data.length; i++) letters.push([node, i]);
          } else if (node.nodeType === Node.ELEMENT_NODE) {
            walk(node.shadowRoot || node);
          }
        }
      };
      walk(document.querySelector("kumpel-chat").shadowRoot);
      // Isolates and overrides that the chat puts around numbers have no width.
      const shown = letters.filter(([node, i]) => !/[\u2066-\u2069]/.test(node.data[i]));
      const all = shown.map(([node, i]) => node.data[i]).join("");
      const places = [];
      for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
        const boxes = shown.slice(at, at + wanted.length).map(([node, i]) => {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const box = range.getBoundingClientRect();
          return [box.left, box.top, box.width];
        });
        if (boxes[0][2] > 0) places.push(boxes);
      }
      return places;
    },
  };
})()
