import { css } from "lit";

export const composerStyles = css`
  .composer {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.3em;
    padding: 0.6em 1em 0.8em;
    border-top: 1px solid var(--_line);
    background: var(--_paper);
  }
  .composer-row {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.5em;
  }
  .composer .field {
    flex: 1 1 9em;
    width: auto;
    min-width: 0;
    min-height: max(2.75em, 44px);
    max-height: min(10em, 30vh);
    resize: none;
  }
  .microphone {
    padding-inline: 0.6em;
  }
  @media print {
    .composer {
      display: none;
    }
  }
`;
