import { css } from "lit";

export const noticeStyles = css`
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
    padding: 0.5em 1em;
    border-block: 1px solid currentColor;
    background: var(--_warn-paper);
    color: var(--_warn-ink);
    font-size: 0.95em;
  }
  .notice .quiet-button {
    color: inherit;
  }
  .notice .until {
    font-weight: 600;
  }
`;
