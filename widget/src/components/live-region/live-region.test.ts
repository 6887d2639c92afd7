// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { define } from "../shared/light-element.js";
import { LiveRegion } from "./live-region.js";

define("kumpel-chat-live", LiveRegion);

let region: LiveRegion;
let live: HTMLElement;

beforeEach(async () => {
  vi.useFakeTimers();
  region = document.createElement("kumpel-chat-live");
  document.body.append(region);
  await region.updateComplete;
  const found = region.querySelector<HTMLElement>("[aria-live]");
  if (!found) throw new Error("There is no live region.");
  live = found;
});
afterEach(() => {
  region.remove();
  vi.useRealTimers();
});

test("it is polite, and says additions only", () => {
  expect(live.getAttribute("aria-live")).toBe("polite");
  expect(live.getAttribute("aria-relevant")).toBe("additions");
  expect(live.getAttribute("aria-atomic")).toBe("false");
});

test("each text is an entry of its own, in its language, also the same one again", () => {
  region.say("Bitte warten.", "de");
  region.say("Bitte warten.", "de");
  region.say("Please wait.", "en");
  const said = [...live.children].map((entry) => [
    entry.getAttribute("lang"),
    entry.textContent,
  ]);
  expect(said).toEqual([
    ["de", "Bitte warten."],
    ["de", "Bitte warten."],
    ["en", "Please wait."],
  ]);
});

test("an entry stays long enough for slow screen readers, and then goes", () => {
  region.say("Bitte warten.", "de");
  vi.advanceTimersByTime(1_000);
  expect(live.children).toHaveLength(1);
  vi.advanceTimersByTime(600);
  expect(live.children).toHaveLength(0);
});

test("markup is said as what it is, and nothing is not said", () => {
  region.say("<img src=x onerror=alert(1)>", "de");
  region.say("", "de");
  expect(live.children).toHaveLength(1);
  expect(live.querySelector("img")).toBeNull();
});
