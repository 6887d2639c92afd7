import fc from "fast-check";
import { expect, it } from "vitest";

import { until } from "../fake-server.js";
import { converse, server, told } from "./conversing.js";

it("tells each message once and in order, however the stream is cut", async () => {
  const schedule = fc.record({
    cuts: fc.array(fc.nat({ max: 7 }), { maxLength: 6 }),
    answers: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    copies: fc.integer({ min: 1, max: 2 }),
    isFirstByteSent: fc.boolean(),
    lostReplies: fc.nat({ max: 2 }),
    areTogether: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(schedule, async (plan) => {
      Object.assign(server, {
        cuts: [...plan.cuts],
        copies: plan.copies,
        isFirstByteSent: plan.isFirstByteSent,
        handled: 0,
        refusals: Array.from({ length: plan.lostReplies }, () => ({
          path: /messages/,
          status: 502,
        })),
      });
      server.answer = (text) =>
        Array.from({ length: Number(text.split(" ")[1]) }, (_, index) => ({
          text: `${text}: ${index}`,
        }));
      const texts = plan.answers.map((count, index) => `${index} ${count}`);
      const conversation = converse();
      await conversation.start();
      if (plan.areTogether)
        await Promise.all(texts.map((text) => conversation.send(text)));
      else for (const text of texts) await conversation.send(text);
      const expected = texts.flatMap((text, index) => [
        `> ${text}`,
        ...Array.from({ length: plan.answers[index] ?? 0 }, (_, n) => `${text}: ${n}`),
      ]);
      expect(told(conversation)).toEqual(expected);
      // In the end the stream has told everything, too: the positions are whole.
      await until(() =>
        conversation.state.entries.every(
          ({ position }, index) => position === index + 1,
        ),
      );
      expect(told(conversation)).toEqual(expected);
      expect(server.handled).toBe(texts.length);
      conversation.close();
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);
