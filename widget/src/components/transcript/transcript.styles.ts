import { css } from "lit";

export const transcriptStyles = css`
  kumpel-chat-transcript {
    position: relative;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .log {
    /* Holds what only screen readers perceive, or the panel would scroll for it. */
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 0.9em;
    min-height: 0;
    padding: 1em;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .kumpel .log:focus-visible {
    outline-offset: -3px;
    box-shadow: inset 0 0 0 6px var(--_focus-far);
    border-radius: 0;
  }
  .log > * {
    flex: none;
  }
  .welcome {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5em;
  }
  .earlier {
    align-self: center;
  }
  .waiting {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-height: 1.5em;
    color: var(--_quiet);
  }
  .dots {
    display: inline-flex;
    flex: none;
    gap: 0.25em;
  }
  .dots i {
    width: 0.5em;
    height: 0.5em;
    border: 0.25em solid currentColor;
    border-radius: 50%;
    animation: kumpel-breathe 1.2s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }
  @keyframes kumpel-breathe {
    50% {
      opacity: 0.25;
    }
  }
  .to-newest {
    position: absolute;
    inset-block-end: 0.5em;
    inset-inline: 0;
    width: fit-content;
    max-width: calc(100% - 1em);
    margin-inline: auto;
    box-shadow: var(--_shadow);
  }
  @container (max-width: 15em) {
    .to-newest > span {
      display: none;
    }
  }
`;
