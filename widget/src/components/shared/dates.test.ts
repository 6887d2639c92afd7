import { expect, test } from "vitest";

import { clockTime, dateIn, readableDate } from "./dates.js";

test("the date is that of Krefeld, also shortly after midnight", () => {
  expect(dateIn("2026-11-22T23:30:00Z")).toBe("2026-11-23");
  expect(dateIn("2026-06-30T22:30:00Z")).toBe("2026-07-01");
  expect(dateIn("gestern")).toBe("");
});

test("the time is that of Krefeld, in summer and in winter", () => {
  expect(clockTime("2026-11-22T08:05:00Z")).toBe("09:05");
  expect(clockTime("2026-07-22T08:05:00Z")).toBe("10:05");
  expect(clockTime("")).toBe("");
});

test("dates are worded for their readers, and those worded already are left", () => {
  expect(readableDate("2026-10-01", "de")).toBe("01.10.2026");
  expect(readableDate("2026-10-01", "en")).toBe("1 Oct 2026");
  expect(readableDate("Oktober 2026", "de")).toBe("Oktober 2026");
  expect(readableDate("2026-99-99", "de")).toBe("2026-99-99");
});
