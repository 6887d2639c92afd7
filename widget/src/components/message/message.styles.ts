import { css } from "lit";

export const messageStyles = css`
  kumpel-chat-message {
    display: block;
  }
  .message {
    width: fit-content;
    max-width: min(92%, 46em);
    min-width: 0;
  }
  .message.citizen {
    margin-inline-start: auto;
  }
  .message.kumpel {
    width: 92%;
  }
  @container (max-width: 24em) {
    .message.kumpel {
      width: 100%;
      max-width: 100%;
    }
    .log {
      padding-inline: 0.75em;
    }
    .card {
      padding: 0.6em;
    }
  }
  .kumpel .message:focus-visible {
    outline-offset: 3px;
    box-shadow:
      0 0 0 3px var(--_paper),
      0 0 0 9px var(--_focus-far);
    border-radius: 0.2em;
  }
  .byline {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5em;
    color: var(--_quiet);
    font-size: 0.85em;
  }
  .citizen .byline {
    justify-content: end;
  }
  .speaker {
    font-weight: 700;
  }
  .bubble {
    padding: 0.6em 0.85em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
  }
  .message.kumpel .bubble {
    width: fit-content;
    max-width: 100%;
    border-start-start-radius: 0.2em;
    background: var(--_soft);
  }
  .citizen .bubble {
    width: fit-content;
    margin-inline-start: auto;
    border-start-end-radius: 0.2em;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .citizen .bubble a {
    color: inherit;
  }
  .image {
    display: block;
    max-width: 100%;
    height: auto;
    margin-top: 0.6em;
    border-radius: 0.4em;
  }
  .delivery {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0.5em;
    margin-top: 0.25em;
    color: var(--_quiet);
    font-size: 0.85em;
  }
  .delivery.failed {
    font-size: 1em;
  }
  @media (forced-colors: active) {
    .kumpel .bubble {
      border-color: CanvasText;
    }
    .kumpel .citizen .bubble {
      border-width: 3px;
    }
  }
`;
