import { css } from "lit";

export const richTextStyles = css`
  .rich {
    hyphens: auto;
    hyphenate-limit-chars: 12 4 4;
  }
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
