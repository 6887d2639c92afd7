import { css } from "lit";

export const headerStyles = css`
  .header {
    display: flex;
    align-items: center;
    gap: 0.4em;
    padding: 0.3em 0.5em 0.3em 1em;
    border-bottom: 1px solid transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .heading {
    flex: 1;
    min-width: 0;
    font-size: 1.1em;
    font-weight: 700;
    line-height: 1.3;
  }
  .header-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-width: max(2.75em, 44px);
    min-height: max(2.75em, 44px);
    padding: 0;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    color: inherit;
    cursor: pointer;
  }
  .header-button:hover {
    background: rgb(0 0 0 / 25%);
  }
`;
