import { css } from "lit";

export const cardsStyles = css`
  .card {
    margin-top: 0.6em;
    padding: 0.75em;
    border: 1px solid var(--_line);
    border-radius: 0.6em;
    background: var(--_paper);
    color: var(--_ink);
  }
  .bubble > .card:first-child {
    margin-top: 0.2em;
  }
  .card > * + * {
    margin-top: 0.6em;
  }
  .card-title {
    font-weight: 700;
  }
  .card dl {
    display: grid;
    gap: 0.5em;
  }
  .card dt {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .card dd {
    font-weight: 600;
  }
  .booked {
    border: 2px solid var(--_good);
  }
  .booked .card-title {
    color: var(--_good);
  }
  .consent {
    padding-inline-start: 0.7em;
    border-inline-start: 3px solid var(--_link);
  }

  .card table {
    width: 100%;
    border-collapse: collapse;
  }
  .card caption {
    padding-bottom: 0.35em;
    font-weight: 700;
    text-align: start;
  }
  .card :is(th, td) {
    padding: 0.3em 0.5em 0.3em 0;
    border-top: 1px solid var(--_line);
    font-weight: 400;
    overflow-wrap: break-word;
    text-align: start;
    vertical-align: top;
  }
  .card thead th {
    border-top: 0;
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .card .today :is(th, td) {
    font-weight: 700;
  }
  .card .time {
    display: inline-block;
    margin-inline-end: 0.6em;
    font-variant-numeric: tabular-nums;
  }
  .day-note {
    display: block;
    color: var(--_quiet);
    font-size: 0.9em;
    font-weight: 400;
  }
  .open-state {
    display: flex;
    align-items: baseline;
    gap: 0.5em;
    font-weight: 700;
  }
  .open-state > span {
    flex: none;
    width: 0.7em;
    height: 0.7em;
    border: 2px solid currentColor;
    border-radius: 50%;
  }
  .open-state.is-open {
    color: var(--_good);
  }
  .open-state.is-open > span {
    background: currentColor;
  }
  .open-state.is-closed {
    color: var(--_error);
  }

  .slots legend {
    padding: 0;
    margin-bottom: 0.35em;
    font-weight: 700;
  }
  .slot-office {
    font-weight: 400;
  }
  .map img {
    display: block;
    width: 100%;
    height: auto;
    aspect-ratio: 3 / 2;
    object-fit: contain;
    border-radius: 0.4em;
    background: var(--_soft);
  }
  .source {
    margin-top: 0.6em;
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .source ul {
    padding-inline-start: 1.25em;
  }
  @media (forced-colors: active) {
    .open-state.is-open > span {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
  @container (max-width: 17em) {
    .card :is(th, td) {
      overflow-wrap: anywhere;
      hyphens: auto;
    }
  }
`;
