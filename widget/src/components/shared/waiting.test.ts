import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Waiting } from "./waiting.js";

const HOST = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a quick answer is not announced as being written", () => {
  const told: number[] = [];
  const waiting = new Waiting(HOST, (step) => told.push(step));
  waiting.set(true);
  vi.advanceTimersByTime(900);
  waiting.set(false);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});

test("a long wait is told once at a time, and from the start the next time", () => {
  const told: number[] = [];
  const waiting = new Waiting(HOST, (step) => told.push(step));
  waiting.set(true);
  vi.advanceTimersByTime(3_900);
  waiting.set(true);
  expect(told).toEqual([-1]);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([-1, 0, 1, 2]);
  waiting.set(false);
  expect(waiting.step).toBe(-1);
  waiting.set(true);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([-1, 0, 1, 2, -1]);
});

test("a chat taken out of the page tells nothing more", () => {
  const told: number[] = [];
  const waiting = new Waiting(HOST, (step) => told.push(step));
  waiting.set(true);
  waiting.hostDisconnected();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});
