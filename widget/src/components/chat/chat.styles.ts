import { css } from "lit";

export const chatStyles = css`
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto auto minmax(9em, 1fr) auto auto;
    min-width: 0;
    container-type: inline-size;
    overflow: hidden auto;
    background: var(--_paper);
    color: var(--_ink);
  }
  .panel > * {
    min-width: 0;
  }
  kumpel-chat-transcript {
    grid-row: 3;
  }
  .below {
    grid-row: 4;
  }
  .floating .panel {
    position: fixed;
    inset-block-end: var(--kumpel-offset-block, 1em);
    inset-inline-end: var(--kumpel-offset-inline, 1em);
    z-index: var(--kumpel-layer, 2147483000);
    width: min(var(--kumpel-width, 27em), calc(100vw - 2em));
    height: min(var(--kumpel-height, 44em), calc(var(--_visible-height, 100dvh) - 2em));
    border: 1px solid transparent;
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
  }
  .inline .panel {
    height: 100%;
    border: 1px solid var(--_line);
  }
  @media (max-width: 40em), (max-height: 30em) {
    .floating .panel {
      inset: 0;
      width: 100vw;
      max-width: 100%;
      height: var(--_visible-height, 100dvh);
      border: 0;
      border-radius: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .floating .panel {
      animation: kumpel-rise 0.16s ease-out;
    }
    @keyframes kumpel-rise {
      from {
        opacity: 0;
        transform: translateY(0.75em);
      }
    }
  }

  .skip {
    position: absolute;
    inset-block-start: 0.5em;
    inset-inline-start: 0.5em;
    z-index: 1;
  }
  .skip:not(:focus) {
    width: 1px;
    height: 1px;
    min-height: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .ended {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6em;
    padding: 0.8em 1em;
    border-top: 1px solid var(--_line);
  }

  /* A panel too low for three parts, as at 400 % zoom, scrolls as a whole. */
  @media (max-height: 22em) {
    .floating .panel {
      display: block;
    }
    .floating kumpel-chat-transcript {
      display: block;
    }
    .floating .log {
      overflow: visible;
    }
  }

  @media (forced-colors: active) {
    .floating .panel,
    .header {
      border-color: CanvasText;
    }
  }

  @media print {
    .kumpel {
      --_ink: #000;
      --_quiet: #333;
      --_paper: #fff;
      --_soft: #fff;
      --_line: #888;
      --_link: #000;
      --_good: #000;
      --_error: #000;
    }
    :host(:not([data-kumpel-printed])) .floating .panel {
      display: none;
    }
    .kumpel .panel {
      position: static !important;
      display: block !important;
      width: auto !important;
      height: auto !important;
      overflow: visible !important;
      border: 0;
      box-shadow: none;
      color: #000;
      background: #fff;
    }
    .kumpel .log {
      display: block;
      overflow: visible;
      padding: 0;
    }
    .kumpel kumpel-chat-message {
      margin-block: 0.8em;
      break-inside: avoid;
    }
    .kumpel
      :is(
        .header-button,
        .menu,
        .to-newest,
        .earlier,
        .notice,
        .waiting,
        .ended,
        .skip
      ) {
      display: none !important;
    }
    .kumpel .header {
      background: none;
      color: #000;
      border-bottom: 1px solid #000;
    }
    .kumpel .bubble {
      border: 1px solid #666;
      background: none !important;
      color: #000 !important;
    }
    .kumpel a[href^="http"]::after {
      content: " (" attr(href) ")";
      font-size: 0.85em;
    }
  }
`;
