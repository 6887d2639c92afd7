import { css } from "lit";

export const feedbackStyles = css`
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1em;
    margin-top: 0.4em;
    margin-inline-start: -0.45em;
  }
  kumpel-chat-feedback > .hint {
    margin-top: 0.5em;
  }
  .feedback-form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5em;
    margin-top: 0.4em;
    padding: 0.75em;
    border: 1px solid var(--_line);
    border-radius: 0.6em;
  }
  @media print {
    .toolbar,
    .feedback-form {
      display: none;
    }
  }
`;
