import { html, svg, type TemplateResult } from "lit";

/** Drawn by strokes in the colour of the text; always beside words or a name. */
function icon(body: TemplateResult): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${body}
  </svg>`;
}

export const icons = {
  chat: icon(svg`<path d="M4 5h16v11H9l-5 4z"/><path d="M8 9h8M8 12h5"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  menu: icon(svg`<path d="M4 7h16M4 12h16M4 17h16"/>`),
  send: icon(svg`<path d="M4 12l16-8-5 16-3.5-6.5z"/><path d="M11.5 13.5L20 4"/>`),
  microphone: icon(
    svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>`,
  ),
  stop: icon(svg`<rect x="6" y="6" width="12" height="12" rx="1"/>`),
  up: icon(
    svg`<path d="M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.7 3H19c1.2 0 1.8 1 1.5 2l-1.8 6.5c-.3 1-1 1.5-2 1.5H7"/>`,
  ),
  down: icon(
    svg`<path d="M7 13V4H4v9zM7 13l4 7c2 0 2.5-1.5 2-3l-.7-3H19c1.2 0 1.8-1 1.5-2l-1.8-6.5c-.3-1-1-1.5-2-1.5H7"/>`,
  ),
  copy: icon(
    svg`<rect x="9" y="9" width="11" height="11" rx="1.5"/><path d="M5 15H4V4h11v1"/>`,
  ),
  speaker: icon(
    svg`<path d="M4 9v6h4l5 4V5L8 9z"/><path d="M16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>`,
  ),
  flag: icon(svg`<path d="M5 21V4h12l-2 4 2 4H5"/>`),
  print: icon(svg`<path d="M7 9V3h10v6M7 17H4V9h16v8h-3"/><path d="M7 14h10v7H7z"/>`),
  save: icon(svg`<path d="M12 3v12M7 10l5 5 5-5M4 20h16"/>`),
  bin: icon(svg`<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14"/>`),
  calendar: icon(
    svg`<rect x="4" y="5" width="16" height="16" rx="1.5"/><path d="M4 10h16M8 3v4M16 3v4"/>`,
  ),
  tick: icon(svg`<path d="M4 13l5 5L20 6"/>`),
  arrowDown: icon(svg`<path d="M12 4v16M5 13l7 7 7-7"/>`),
} as const;
