import { PNG } from "../telegram/use-telegram";
import { IDENTITY, isSigned, TEXT, USER, useViber } from "./use-viber";

/** Time stands still, so that none passes while a test waits. */
const viber = useViber({ deterministic: true, switches: { rateLimits: true } });

describe("what a user sends", () => {
  it("is brought to the webhook, signed over its bytes, with a token that JSON.parse rounds", async () => {
    await viber.listen();
    const token = viber.user().say("Hello");
    await viber.settled();
    const [first] = viber.hook.calls;
    expect(first && isSigned(first)).toBe(true);
    expect(first?.url.searchParams.get("key")).toBe("k");
    expect(token).toMatch(/^\d{19}$/);
    expect(viber.bodies()[0]).toContain(`"message_token":${token},`);
    expect(String(viber.hook.events()[0]?.message_token)).not.toBe(token);
    expect(viber.hook.events()[0]).toMatchObject({
      event: "message",
      timestamp: expect.any(Number),
      sender: { id: USER, name: "Ana", api_version: expect.any(Number) },
      message: { text: "Hello", type: "text" },
      silent: false,
    });
  });

  it("is told to be delivered once the bot has it", async () => {
    await viber.listen();
    const token = viber.user().say("Hello");
    await viber.settled();
    expect(viber.kinds()).toEqual(["message", "delivered"]);
    expect(viber.bodies()[1]).toContain(token);
  });

  it("is told by its kind, with files at a host of Viber's for an hour", async () => {
    await viber.listen([]);
    const user = viber.user();
    const picture = { content: PNG, contentType: "image/png", filename: "dot.png" };
    user.sendPicture(picture, "Look");
    user.sendVideo({ content: Buffer.from("ftyp"), contentType: "video/mp4" });
    user.sendFile({ content: Buffer.from("%PDF"), contentType: "application/pdf", filename: "bill.pdf" });
    user.sendSticker(40126);
    user.sendContact("Ana", "+15550101234");
    user.sendLocation(37, -122.5);
    user.sendUrl("https://shop.example.com/");
    user.sendOther({ type: "future", thing: 1n });
    await viber.settled();
    const told = viber.hook.events().map(({ message }) => message as Record<string, unknown>);
    const byType = Object.fromEntries(told.map((message) => [message.type, message]));
    expect(byType).toEqual({
      picture: expect.objectContaining({
        text: "Look",
        file_name: "dot.png",
        size: PNG.length,
        thumbnail: expect.any(String),
      }),
      video: expect.objectContaining({ size: 4, duration: 1 }),
      file: expect.objectContaining({ file_name: "bill.pdf", size: 4 }),
      sticker: { type: "sticker", sticker_id: 40126 },
      contact: { type: "contact", contact: { name: "Ana", phone_number: "+15550101234" } },
      location: { type: "location", location: { lat: 37, lon: -122.5 } },
      url: { type: "url", media: "https://shop.example.com/" },
      future: { type: "future", thing: 1 },
    });
    const link = String(byType.picture?.media);
    expect(new URL(link).host).toBe("dl-media.viber.com");
    expect(Buffer.from(await (await fetch(link)).arrayBuffer())).toEqual(PNG);
    expect((await fetch(link.replace("Signature=", "Signature=x"))).status).toBe(403);
    await viber.sim.simulator.advance(3600);
    expect((await fetch(link)).status).toBe(403);
    expect(viber.phone().map(({ direction, body }) => `${direction} ${body}`)).toContain("out Look");
  });

  it("is written by the shared lever, too, and shows on their phone", async () => {
    await viber.listen();
    await viber.sim.simulator.customerSends(IDENTITY, "Hello");
    expect(viber.hook.events()[0]).toMatchObject({ sender: { id: USER }, message: { text: "Hello" } });
    expect(viber.phone()).toMatchObject([{ direction: "out", body: "Hello" }]);
  });

  it("may be that they came, subscribed, or left", async () => {
    await viber.listen();
    viber.user().open("from-shop");
    viber.user().subscribe();
    viber.user().unsubscribe();
    await viber.settled();
    expect(viber.hook.events()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          event: "conversation_started",
          context: "from-shop",
          type: "open",
          subscribed: false,
        }),
        expect.objectContaining({ event: "subscribed", user: expect.objectContaining({ id: USER }) }),
        expect.objectContaining({ event: "unsubscribed", user_id: USER }),
      ]),
    );
  });

  it("may be bytes that no user could send", async () => {
    await viber.listen();
    const bytes = '{ "event" : "message", "message_token":4912661846655238145, "name":"\\u00e9\\/" }';
    viber.sim.world.platforms.viber.sendRaw(bytes);
    await viber.settled();
    expect(viber.bodies()).toEqual([bytes]);
    expect(viber.hook.calls.every(isSigned)).toBe(true);
  });
});

describe("a welcome", () => {
  it("in the answer to who opens the conversation is shown, though they did not subscribe", async () => {
    await viber.listen();
    viber.hook.answer({ status: 200, body: JSON.stringify({ ...TEXT, text: "Welcome" }) });
    viber.user().open();
    await viber.settled();
    expect(viber.phone()).toMatchObject([{ direction: "in", body: "Welcome", sender: "Shop" }]);
  });
});

describe("a webhook", () => {
  it("is asked for its consent, signed, before it is set", async () => {
    await viber.call("set_webhook", { url: viber.hook.url(), event_types: ["seen"] });
    expect(viber.hook.events()).toEqual([
      expect.objectContaining({ event: "webhook", timestamp: expect.any(Number), message_token: expect.any(Number) }),
    ]);
    expect(viber.hook.calls.every(isSigned)).toBe(true);
    expect(await viber.call("get_account_info")).toMatchObject({ webhook: viber.hook.url(), event_types: ["seen"] });
  });

  it("is not set when it answers otherwise, or is out of reach", async () => {
    viber.hook.answer({ status: 403 });
    const set = (url: string) => viber.call("set_webhook", { url });
    const statuses = [
      await set(viber.hook.url()),
      await set("https://shop.example.com/x"),
      await set("http://shop.twil.io/x"),
      await set("nonsense"),
    ].map(({ status }) => status);
    expect(statuses).toEqual([1, 1, 1, 1]);
    expect(await viber.call("set_webhook", { url: viber.hook.url(), event_types: ["dreams"] })).toMatchObject({
      status: 3,
    });
    expect(await viber.call("get_account_info")).not.toHaveProperty("webhook");
  });

  it("goes by an empty URL, and with it what would have been told", async () => {
    await viber.listen();
    expect(await viber.call("set_webhook", { url: "" })).toMatchObject({ status: 0 });
    viber.user().say("Hello?");
    await viber.settled();
    expect(viber.hook.calls).toHaveLength(0);
  });

  it("gets the kinds of events that it asked for, and those that always come", async () => {
    await viber.listen(["seen"]);
    viber.user().say("Hello");
    await viber.settled();
    await viber.send(TEXT);
    await viber.settled();
    viber.user().see();
    viber.user().unsubscribe();
    await viber.settled();
    expect([...viber.kinds()].sort()).toEqual(["message", "seen", "unsubscribed"]);
  });

  it("that does not answer 200 gets the same bytes again after 10, 60, 300, 600 and 900 seconds, ten times", async () => {
    await viber.listen([]);
    viber.hook.answer(...Array(20).fill({ status: 204 }));
    viber.user().say("Hello 🌻");
    await viber.settled();
    const counts = [];
    for (const seconds of [9, 1, 60, 300, 600, 900]) {
      await viber.sim.simulator.advance(seconds);
      counts.push(viber.hook.calls.length);
    }
    expect(counts).toEqual([1, 2, 3, 4, 5, 6]);
    await viber.sim.simulator.advance(24 * 3600);
    expect(viber.hook.calls).toHaveLength(11);
    expect(new Set(viber.bodies()).size).toBe(1);
    expect(viber.hook.calls.every(isSigned)).toBe(true);
  });

  it("goes on waiting in a snapshot, to the byte", async () => {
    await viber.listen([]);
    viber.hook.answer({ status: 500 });
    const token = viber.user().say("Hello");
    const snapshot = await viber.sim.simulator.snapshot();
    await viber.sim.simulator.reset();
    await viber.sim.simulator.restore(JSON.parse(JSON.stringify(snapshot)));
    await viber.sim.simulator.advance(10);
    expect(viber.bodies()).toHaveLength(2);
    expect(viber.bodies()[1]).toBe(viber.bodies()[0]);
    expect(viber.user().say("next")).not.toBe(token);
    expect(viber.user().identity).toBe(IDENTITY);
  });

  it("may be struck by a fault: its answer lost, so that it comes twice", async () => {
    await viber.listen([]);
    viber.sim.world.faults.add({ operation: "webhook viber", kind: "reset after" });
    viber.user().say("Hello");
    await viber.settled();
    await viber.sim.simulator.advance(10);
    expect(viber.kinds()).toEqual(["message", "message"]);
  });
});

describe("the spelling of JSON", () => {
  async function bodyWhen(viberWritesJson: "escaped" | "slashes" | "spaced" | "plain") {
    Object.assign(viber.sim.world.positions, { viberWritesJson });
    await viber.listen([]);
    viber.user().is({ name: "Ólaf 🌻" });
    viber.user().sendLocation(37, 2.5);
    await viber.settled();
    Object.assign(viber.sim.world.positions, { viberWritesJson: "escaped" });
    return viber.bodies()[0] ?? "";
  }

  it("has capital escapes and doubles, as seen in 2018 and 2022", async () => {
    const body = await bodyWhen("escaped");
    expect(body).toContain('"name":"\\u00D3laf \\uD83C\\uDF3B","avatar":"https://');
    expect(body).toContain('"message":{"type":"location","location":{"lat":37.0,"lon":2.5}},"silent":false}');
  });

  it("may have slashes escaped, as PHP has them", async () => {
    expect(await bodyWhen("slashes")).toContain('"name":"\\u00d3laf \\ud83c\\udf3b","avatar":"https:\\/\\/');
  });

  it("may have spaces, as Python has them", async () => {
    expect(await bodyWhen("spaced")).toMatch(/^\{"event": "message", "timestamp": \d+, /);
  });

  it("may have letters as they are, as seen in 2023, and doubles without a point", async () => {
    const body = await bodyWhen("plain");
    expect(body).toContain('"name":"Ólaf 🌻"');
    expect(body).toContain('{"lat":37,"lon":2.5}');
  });
});
