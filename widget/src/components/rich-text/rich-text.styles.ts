import { css } from "lit";

export const richTextStyles = css`
  .rich > * + * {
    margin-top: 0.6em;
  }
  .rich ul {
    padding-inline-start: 1.25em;
  }
  .rich li + li {
    margin-top: 0.2em;
  }
  .rich bdi,
  .keep {
    unicode-bidi: isolate;
  }
`;
