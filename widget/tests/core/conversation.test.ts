import { describe, expect, it } from "vitest";

import { FakeStorage, sleep, until } from "../fake-server.js";
import { announcementsOf, converse, server, started, told } from "./conversing.js";

describe("an ordinary conversation", () => {
  it("asks nobody for anything before it is started", () => {
    const conversation = converse();
    expect(conversation.state.phase).toBe("idle");
    expect(conversation.isStored).toBe(false);
    expect(server.requests).toEqual([]);
  });

  it("shows a message at once and its answer by the stream", async () => {
    const conversation = await started({ service: "hundesteuer-anmelden" });
    const heard = announcementsOf(conversation);
    expect(conversation.state.phase).toBe("ready");
    const sent = conversation.send("  Was kostet ein Hund?  ");
    expect(conversation.state.phase).toBe("waiting");
    expect(conversation.state.entries[0]).toMatchObject({
      text: "Was kostet ein Hund?",
      delivery: "sending",
      speaker: "citizen",
    });
    expect(conversation.state.pending.messageIds).toHaveLength(1);
    await sent;
    expect(conversation.state.phase).toBe("ready");
    expect(conversation.state.entries).toMatchObject([
      { position: 1, delivery: "sent" },
      { position: 2, text: "Antwort auf Was kostet ein Hund?", speaker: "kumpel" },
    ]);
    expect(conversation.state.pending).toEqual({ messageIds: [], isTyping: false });
    expect(heard).toEqual(["Kumpel: Antwort auf Was kostet ein Hund?"]);
    const post = server.requests.find(({ path }) => path === "/chat/messages");
    expect(post?.headers["prefer"]).toBe("respond-async");
    expect(post?.body).toMatchObject({
      metadata: { language: "de", service: "hundesteuer-anmelden" },
    });
    expect(post?.body["messageId"]).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(server.requests.every(({ headers }) => !headers.cookie)).toBe(true);
    expect(server.requests.every(({ path }) => !path.includes("talk"))).toBe(true);
  });

  it("marks Leichte Sprache and English in what it sends", async () => {
    const conversation = await started({ language: "easy" });
    await conversation.send("Hallo");
    conversation.language = "en";
    await conversation.send("Hello");
    const posts = server.requests.filter(({ path }) => path === "/chat/messages");
    expect(posts[0]?.body["metadata"]).toEqual({ language: "de", easy: true });
    expect(posts[1]?.body["metadata"]).toEqual({ language: "en" });
    expect(posts[1]?.headers["accept-language"]).toBe("en");
  });

  it("starts by sending where nobody started it", async () => {
    const conversation = converse();
    await conversation.send("Hallo");
    expect(told(conversation)).toEqual(["> Hallo", "Antwort auf Hallo"]);
  });

  it("queues what is sent while it waits, in order", async () => {
    server.pauseInMilliseconds = 20;
    const conversation = await started();
    const texts = ["eins", "zwei", "drei"];
    const sent = texts.map((text) => conversation.send(text));
    expect(told(conversation)).toEqual(["> eins", "> zwei", "> drei"]);
    await Promise.all(sent);
    expect(told(conversation)).toEqual(
      texts.flatMap((text) => [`> ${text}`, `Antwort auf ${text}`]),
    );
  });

  it("refuses texts that are empty or of 4,000 characters, without sending", async () => {
    const conversation = await started();
    await conversation.send(" \n ");
    expect(conversation.state.notice?.kind).toBe("empty");
    await conversation.send("ä".repeat(4_000));
    expect(conversation.state.notice?.kind).toBe("too_long");
    conversation.dismissNotice();
    expect(conversation.state.notice).toBeUndefined();
    expect(conversation.state.entries).toEqual([]);
    await conversation.send("😀".repeat(3_999));
    expect(conversation.state.entries).toHaveLength(2);
  });

  it("marks used choices and names the one that was taken", async () => {
    server.answer = (text) =>
      text.startsWith("~")
        ? [{ text: "Gebucht." }]
        : [
            {
              text: "Wann?",
              buttons: [
                { title: "Montag", choice: "~mo" },
                { title: "Dienstag", choice: "~di" },
                { title: 7 },
              ],
              custom: { kind: "unheard of" },
            },
          ];
    const conversation = await started();
    const heard = announcementsOf(conversation);
    await conversation.send("Termin");
    expect(heard).toEqual(["Kumpel: Wann? 2 Auswahlmöglichkeiten: Montag, Dienstag."]);
    expect(conversation.state.entries[1]).not.toHaveProperty("isUsed");
    await conversation.choose("~di", "Dienstag");
    expect(conversation.state.entries[1]).toMatchObject({
      isUsed: true,
      chosenTitle: "Dienstag",
    });
    expect(told(conversation)[2]).toBe("> Dienstag");
    expect(server.requests.at(-1)?.body).toMatchObject({ choice: "~di" });
  });

  it("names the speaker once for several messages of one turn", async () => {
    server.answer = () => [
      { text: "**Erstens**" },
      { text: "[Zweitens](https://a.de/)" },
    ];
    const conversation = await started();
    const heard = announcementsOf(conversation);
    await conversation.send("Hallo");
    expect(heard).toEqual(["Kumpel: Erstens.", "Zweitens."]);
  });

  it("rates answers, takes it back, and reports errors", async () => {
    const conversation = await started();
    await conversation.send("Hallo");
    await conversation.rate(2, "down", "Stimmt nicht");
    expect(conversation.state.entries[1]?.rating).toBe("down");
    await conversation.rate(2, null);
    expect(conversation.state.entries[1]).not.toHaveProperty("rating");
    await conversation.reportError(2, "Falsche Adresse");
    expect(server.feedback).toMatchObject([
      { position: 2, rating: "down", kind: "thumb", comment: "Stimmt nicht" },
      { position: 2, rating: null, kind: "thumb" },
      { position: 2, kind: "error", comment: "Falsche Adresse" },
    ]);
    server.refusals = [{ path: /feedback/, status: 500 }];
    await expect(conversation.rate(2, "up")).rejects.toThrow(/02151 86-0/);
    expect(conversation.state.entries[1]).not.toHaveProperty("rating");
  });

  it("keeps states that were given out as they are", async () => {
    const conversation = await started();
    const before = conversation.state;
    await conversation.send("Hallo");
    expect(before.entries).toEqual([]);
    expect(conversation.state).not.toBe(before);
  });

  it("stays flat over 500 messages", async () => {
    const conversation = await started();
    let changes = 0;
    conversation.addEventListener("change", () => changes++);
    for (let index = 1; index <= 300; index++)
      await conversation.send(`Frage ${index}`);
    const { entries } = conversation.state;
    expect(entries).toHaveLength(500);
    expect(entries[0]).toMatchObject({ position: 101, text: "Frage 51" });
    expect(entries.at(-1)).toMatchObject({ position: 600 });
    expect(new Set(entries.map(({ key }) => key)).size).toBe(500);
    expect(changes).toBeLessThan(300 * 15);
  }, 60_000);
});

describe("a conversation's life", () => {
  it("goes on after a reload, with the history and without announcing it", async () => {
    const storage = new FakeStorage();
    server.answer = () => [{ text: "Wie?", buttons: [{ title: "So", choice: "~so" }] }];
    const before = await started({ storage });
    await before.send("Hallo");
    before.close();
    const after = converse({ storage });
    expect(after.isStored).toBe(true);
    const heard = announcementsOf(after);
    await after.start();
    expect(told(after)).toEqual(["> Hallo", "Wie?"]);
    expect(after.state.entries[1]?.buttons).toHaveLength(1);
    expect(heard).toEqual([]);
    await after.send("Weiter");
    expect(after.state.entries[1]?.isUsed).toBe(true);
    expect(after.state.entries).toHaveLength(4);
    expect(server.talks.size).toBe(1);
  });

  it("lives without storage where the browser forbids it", async () => {
    const forbidden = (): never => {
      throw new Error("SecurityError");
    };
    const storage = { getItem: forbidden, setItem: forbidden, removeItem: forbidden };
    const conversation = await started({ storage });
    await conversation.send("Hallo");
    expect(told(conversation)).toHaveLength(2);
    expect(conversation.isStored).toBe(true);
    await conversation.end();
    expect(conversation.isStored).toBe(false);
  });

  it("begins anew where the stored conversation is unknown", async () => {
    const storage = new FakeStorage();
    storage.setItem(`kumpel:${server.address}`, "talk99.0");
    const conversation = await started({ storage });
    expect(conversation.state.notice?.kind).toBe("expired");
    expect(conversation.state.phase).toBe("ready");
    await conversation.send("Hallo");
    expect(told(conversation)).toHaveLength(2);
  });

  it("keeps the citizen's words where the conversation has expired", async () => {
    const conversation = await started();
    await conversation.send("eins");
    server.talks.clear();
    await conversation.send("zwei");
    expect(told(conversation)).toEqual([
      "> eins",
      "Antwort auf eins",
      "> zwei",
      "Antwort auf zwei",
    ]);
    expect(conversation.state.notice?.kind).toBe("expired");
    expect(conversation.state.entries.map(({ position }) => position)).toEqual([
      undefined,
      undefined,
      1,
      2,
    ]);
  });

  it("uses renewed ids", async () => {
    const storage = new FakeStorage();
    const conversation = await started({ storage });
    await conversation.send("eins");
    await conversation.send("zwei");
    const ids = server.requests.map(({ body }) => body["conversation"]).filter(Boolean);
    expect(new Set(ids).size).toBe(2);
    expect([...storage.values.values()][0]).not.toBe(ids[1]);
  });

  it("deletes here and on the server", async () => {
    const storage = new FakeStorage();
    const conversation = await started({ storage });
    await conversation.send("Geheim");
    await conversation.end();
    expect(conversation.state).toMatchObject({ phase: "ended", entries: [] });
    expect(server.talks.size).toBe(0);
    expect(storage.values.size).toBe(0);
    await conversation.start();
    expect(conversation.state.phase).toBe("ready");
    expect(conversation.state.notice).toBeUndefined();
    await conversation.send("Neu");
    expect(told(conversation)).toHaveLength(2);
  });

  it("says so where deleting did not work, and keeps everything", async () => {
    const conversation = await started();
    await conversation.send("Hallo");
    const text = "Später bitte.";
    server.refusals = [
      {
        path: /DELETE/,
        status: 503,
        body: JSON.stringify({ error: { kind: "store_down", text } }),
      },
    ];
    await expect(conversation.end()).rejects.toThrow(text);
    expect(conversation.state.entries).toHaveLength(2);
    expect(conversation.state.phase).toBe("ready");
  });

  it("ends in the other tab, too, and wipes what was said", async () => {
    const one = await started();
    await one.send("Hallo");
    const storage = new FakeStorage();
    storage.setItem(`kumpel:${server.address}`, "talk1.0");
    const other = await started({ storage });
    expect(told(other)).toHaveLength(2);
    await one.end();
    await until(() => other.state.phase === "ended");
    expect(other.state.entries).toEqual([]);
    expect(other.isStored).toBe(false);
  });

  it("ends when idle, keeps the words, and goes on with the next message", async () => {
    const conversation = await started();
    await conversation.send("eins");
    server.endAll({ text: "Schluss für heute.", kind: "idle" });
    await until(() => conversation.state.phase === "ended");
    expect(conversation.state.notice?.text).toBe("Schluss für heute.");
    expect(told(conversation)).toHaveLength(2);
    await conversation.send("zwei");
    expect(conversation.state.phase).toBe("ready");
    expect(told(conversation)).toHaveLength(4);
  });

  it("shows in a second tab what is said in the first, once and in order", async () => {
    const one = await started();
    const storage = new FakeStorage();
    storage.setItem(`kumpel:${server.address}`, "talk1.0");
    const other = await started({ storage });
    server.pauseInMilliseconds = 10;
    await Promise.all([one.send("a"), other.send("b"), one.send("c"), other.send("d")]);
    await until(() => told(one).length === 8 && told(other).length === 8);
    expect(told(other)).toEqual(told(one));
    const positions = one.state.entries.map(({ position }) => position);
    expect(positions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("closes the stream when the page is left, and catches up when it is back", async () => {
    const page = new EventTarget();
    const storage = new FakeStorage();
    const conversation = await started({ page, storage });
    await conversation.send("eins");
    page.dispatchEvent(new Event("pagehide"));
    await until(() => [...server.talks.values()][0]?.streams.size === 0);
    const elsewhere = await started({ storage });
    await elsewhere.send("zwei");
    elsewhere.close();
    page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    await until(() => conversation.state.entries.length === 4);
    await conversation.send("drei");
    expect(told(conversation)).toEqual(
      ["eins", "zwei", "drei"].flatMap((text) => [`> ${text}`, `Antwort auf ${text}`]),
    );
  });

  it("knows when the page is back that the tab has ended the conversation", async () => {
    const page = new EventTarget();
    const storage = new FakeStorage();
    const conversation = await started({ page, storage });
    await conversation.send("eins");
    page.dispatchEvent(new Event("pagehide"));
    storage.values.clear();
    page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    expect(conversation.state).toMatchObject({ phase: "ended", entries: [] });
  });

  it("tells that the device is offline and online again", async () => {
    const page = new EventTarget();
    const conversation = await started({ page });
    page.dispatchEvent(new Event("offline"));
    expect(conversation.state.phase).toBe("offline");
    page.dispatchEvent(new Event("online"));
    await until(() => conversation.state.phase === "ready");
  });

  it("can be closed in the middle of an answer and started again", async () => {
    server.pauseInMilliseconds = 50;
    const conversation = await started();
    const sent = conversation.send("Hallo");
    await sleep(20);
    conversation.close();
    await sent;
    expect(conversation.state.phase).toBe("idle");
    await sleep(60);
    await conversation.start();
    await until(() => conversation.state.entries.length === 2);
    expect(told(conversation)).toEqual(["> Hallo", "Antwort auf Hallo"]);
    expect(conversation.state.entries[0]?.delivery).toBe("sent");
  });
});
