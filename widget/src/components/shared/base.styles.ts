import { css } from "lit";

/**
 * Reset, palette and what all parts share. Lengths are in `em` from `font-size: medium`:
 * it follows the font size that a citizen set in the browser, and not a page whose
 * `html` has another size (with `rem` a page with `html{font-size:62.5%}` shrank all).
 */
export const baseStyles = css`
  :host {
    display: block !important;
    position: static !important;
    visibility: visible !important;
    opacity: 1 !important;
    transform: none !important;
    filter: none !important;
    perspective: none !important;
    contain: none !important;
    float: none !important;
    pointer-events: auto !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([mode="inline"]) {
    height: 100%;
    min-height: min(30em, 100vh);
  }

  .kumpel {
    all: initial;
    --_accent: var(--_readable-accent, #00525c);
    --_on-accent: var(--_readable-text, #fff);
    --_ink: var(--kumpel-ink, #1a2327);
    --_quiet: var(--kumpel-quiet, #4a565c);
    --_paper: var(--kumpel-paper, #fff);
    --_soft: var(--kumpel-soft, #edf3f3);
    --_line: var(--kumpel-line, #c3cfd1);
    --_control: #5b6a70;
    --_link: var(--_readable-link, var(--_accent));
    --_error: #a8101a;
    --_good: #1d6331;
    --_warn-paper: #fff4d6;
    --_warn-ink: #3d2c00;
    --_shadow: 0 0.4em 2em rgb(10 30 35 / 28%), 0 0 0 1px rgb(10 30 35 / 12%);
    --_focus-near: #1a2327;
    --_focus-far: #ffc43d;
    --_radius: var(--kumpel-radius, 0.75em);
    display: block;
    box-sizing: border-box;
    height: 100%;
    color: var(--_ink);
    color-scheme: light dark;
    font-family: var(
      --kumpel-font,
      system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Noto Sans",
      sans-serif
    );
    font-size: var(--kumpel-font-size, medium);
    line-height: 1.5;
    text-size-adjust: 100%;
    -webkit-text-size-adjust: 100%;
    overflow-wrap: anywhere;
    direction: ltr;
  }

  @media (prefers-color-scheme: dark) {
    .kumpel {
      --_ink: var(--kumpel-ink-dark, #e9eff0);
      --_quiet: var(--kumpel-quiet-dark, #b7c4c8);
      --_paper: var(--kumpel-paper-dark, #151b1e);
      --_soft: var(--kumpel-soft-dark, #222c30);
      --_line: var(--kumpel-line-dark, #43525a);
      --_control: #93a3a9;
      --_link: color-mix(in srgb, var(--_accent) 35%, #fff);
      --_error: #ff9d99;
      --_good: #86dd9c;
      --_warn-paper: #3a2f12;
      --_warn-ink: #ffe6a6;
      --_shadow: 0 0.4em 2em rgb(0 0 0 / 60%), 0 0 0 1px #43525a;
      --_focus-near: #0b0f11;
    }
  }

  .kumpel *,
  .kumpel *::before,
  .kumpel *::after {
    box-sizing: border-box;
  }
  .kumpel [hidden] {
    display: none !important;
  }
  .kumpel :where(p, ul, ol, dl, dd, h2, h3, h4, figure, fieldset, table) {
    margin: 0;
    padding: 0;
  }
  .kumpel :where(ul, ol).plain {
    list-style: none;
  }
  .kumpel :where(fieldset) {
    border: 0;
    min-width: 0;
  }
  .kumpel :where(button, textarea, input) {
    font: inherit;
    letter-spacing: inherit;
    word-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  .kumpel :where(svg) {
    display: inline-block;
    flex: none;
    width: 1.35em;
    height: 1.35em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.25em;
  }
  .kumpel a {
    color: var(--_link);
    text-underline-offset: 0.15em;
  }
  .kumpel a:hover {
    text-decoration-thickness: 0.15em;
  }

  /* Two rings, a dark one and a light one: one of them has 3:1 on any background. */
  .kumpel :focus-visible {
    outline: 3px solid var(--_focus-near);
    outline-offset: 0;
    box-shadow: 0 0 0 6px var(--_focus-far);
    border-radius: 0.3em;
  }

  .unseen {
    position: absolute !important;
    width: 1px !important;
    height: 1px !important;
    margin: -1px !important;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45em;
    min-height: max(2.75em, 44px);
    max-width: 100%;
    padding: 0.45em 1em;
    border: 2px solid var(--_link);
    border-radius: 0.5em;
    background: var(--_paper);
    color: var(--_link);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--_soft);
  }
  .button.main {
    border-color: var(--_link);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.main:hover {
    background: color-mix(in srgb, var(--_accent) 82%, #000);
  }
  .button.danger {
    border-color: var(--_error);
    color: var(--_error);
  }
  .button[aria-disabled="true"] {
    border: 1px solid var(--_line);
    background: transparent;
    color: var(--_quiet);
    cursor: default;
  }
  .quiet-button {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    min-width: max(2em, 32px);
    min-height: max(2em, 32px);
    padding: 0.2em 0.45em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    color: var(--_quiet);
    font-size: 0.9em;
    cursor: pointer;
  }
  .quiet-button svg {
    width: 1.2em;
    height: 1.2em;
  }
  .quiet-button:hover {
    background: var(--_soft);
    color: var(--_ink);
  }
  .quiet-button[aria-pressed="true"] {
    border-color: var(--_link);
    color: var(--_link);
  }
  .quiet-button[aria-pressed="true"] svg {
    fill: currentColor;
  }

  .field-label {
    display: block;
    font-weight: 600;
  }
  .hint {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .field-error {
    color: var(--_error);
    font-weight: 600;
  }
  .field {
    display: block;
    width: 100%;
    padding: 0.55em 0.7em;
    border: 2px solid var(--_control);
    border-radius: 0.5em;
    background: var(--_paper);
    color: var(--_ink);
    line-height: 1.4;
    resize: vertical;
  }
  .field::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .field[aria-invalid="true"] {
    border-color: var(--_error);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  @media (forced-colors: active) {
    .kumpel .button,
    .kumpel .quiet-button {
      border-color: ButtonText;
    }
    .kumpel .quiet-button[aria-pressed="true"] {
      border: 3px solid Highlight;
    }
    .kumpel .button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
    .kumpel :focus-visible {
      outline: 3px solid Highlight;
      outline-offset: 2px;
      box-shadow: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .kumpel *,
    .kumpel *::before,
    .kumpel *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
