import { css } from "lit";

export const menuStyles = css`
  .menu {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6em;
    max-height: 60vh;
    padding: 0.75em 1em;
    overflow: hidden auto;
    border-bottom: 1px solid var(--_line);
    background: var(--_paper);
  }
  .menu legend {
    padding: 0;
    font-weight: 600;
  }
  .language,
  .menu-check {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-height: max(2.75em, 44px);
    padding-inline-end: 0.75em;
    cursor: pointer;
  }
  .menu input {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    accent-color: var(--_link);
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 0.75em;
    width: 100%;
    min-height: max(2.75em, 44px);
    padding: 0.3em 0.5em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    text-align: start;
    cursor: pointer;
  }
  .menu-item:hover {
    background: var(--_soft);
  }
  .menu-item.danger {
    color: var(--_error);
  }
  .end-question {
    display: grid;
    gap: 0.6em;
  }
`;
