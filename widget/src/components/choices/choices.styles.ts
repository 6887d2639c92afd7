import { css } from "lit";

export const choicesStyles = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-top: 0.6em;
  }
  .choice.chosen {
    border: 2px solid var(--_good);
    color: var(--_good);
  }
  .chosen-word {
    display: inline-block;
    font-weight: 400;
  }
  @media (forced-colors: active) {
    .kumpel .choice.chosen {
      border: 3px solid Highlight;
      color: CanvasText;
    }
  }
`;
