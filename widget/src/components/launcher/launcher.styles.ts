import { css } from "lit";

export const launcherStyles = css`
  .launcher {
    position: fixed;
    inset-block-end: var(--kumpel-offset-block, 1em);
    inset-inline-end: var(--kumpel-offset-inline, 1em);
    z-index: var(--kumpel-layer, 2147483000);
    display: inline-flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0.25em 0.6em;
    max-width: calc(100vw - 2em);
    min-height: max(3.25em, 48px);
    padding: 0.6em 1.2em;
    border: 2px solid var(--_on-accent);
    border-radius: 2em;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 0.2em 1em rgb(0 0 0 / 30%);
    font-weight: 650;
    cursor: pointer;
  }
  .launcher:hover {
    background: color-mix(in srgb, var(--_accent) 82%, #000);
  }
  .kumpel .launcher:focus-visible {
    border-radius: 2em;
  }
  .unread {
    padding: 0 0.6em;
    border-radius: 1em;
    background: var(--_on-accent);
    color: var(--_accent);
    font-size: 0.9em;
  }
  @media print {
    .launcher {
      display: none;
    }
  }
`;
