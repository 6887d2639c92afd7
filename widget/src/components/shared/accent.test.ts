// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { readableAccent } from "./accent.js";

let warn: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
});

afterEach(() => {
  warn.mockRestore();
});

function judged(accent: string, text = "") {
  return readableAccent(accent, text, document.createElement("p"));
}

it("a dark colour holds with white text", () => {
  expect(judged("#7a1f3d").accent).toBe("#7a1f3d");
  expect(judged("").accent).toBeUndefined();
  expect(warn).not.toHaveBeenCalled();
});

it("a light colour is refused with white text, and said so", () => {
  expect(judged("#ffd54a")).toEqual({});
  expect(warn).toHaveBeenCalledWith(expect.stringContaining("contrast of 1.4"));
});

it("a light colour holds with dark text, but not for links", () => {
  const colours = judged("#ffd54a", "#1a1a1a");
  expect(colours).toEqual({ accent: "#ffd54a", text: "#1a1a1a", link: "#00525c" });
  expect(warn).not.toHaveBeenCalled();
});

it("text that cannot be read becomes white where that can be read", () => {
  const colours = judged("#7a1f3d", "#333");
  expect(colours.accent).toBe("#7a1f3d");
  expect(colours.text).toBeUndefined();
  expect(warn).toHaveBeenCalledOnce();
});

it("a text's colour is measured on the default, too", () => {
  expect(judged("", "#000").text).toBeUndefined();
  expect(judged("", "#ffe").text).toBe("#ffe");
});

it.each(["rgb(0 0 0 / 50%)", "transparent", "url(x)", "red;}"])(
  "%s is no colour for surfaces",
  (accent) => {
    expect(judged(accent)).toEqual({});
    expect(warn).toHaveBeenCalledOnce();
  },
);
