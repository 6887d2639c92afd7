// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";

import { tabStorage } from "./storage.js";

afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
});

test("two chats keep their values apart", () => {
  const [one, other] = [tabStorage("a:"), tabStorage("b:")];
  one.setItem("draft", "Guten Tag");
  expect(one.getItem("draft")).toBe("Guten Tag");
  expect(other.getItem("draft")).toBeNull();
  one.removeItem("draft");
  expect(one.getItem("draft")).toBeNull();
});

test("a reload finds what was kept", () => {
  tabStorage("a:").setItem("draft", "Guten Tag");
  expect(tabStorage("a:").getItem("draft")).toBe("Guten Tag");
});

test("a browser that forbids storage is no failure", () => {
  vi.spyOn(window, "sessionStorage", "get").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  const storage = tabStorage("a:");
  storage.setItem("draft", "Guten Tag");
  expect(storage.getItem("draft")).toBe("Guten Tag");
  storage.removeItem("draft");
  expect(storage.getItem("draft")).toBeNull();
});

test("a full storage is no failure", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const storage = tabStorage("a:");
  storage.setItem("draft", "Guten Tag");
  expect(storage.getItem("draft")).toBe("Guten Tag");
});
