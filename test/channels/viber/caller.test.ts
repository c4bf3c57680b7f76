import { parseExactly } from "../../../src/channels/viber/exact-json";
import { findSignedBody } from "../../../src/channels/viber/find-signed-body";
import { eventFixtures } from "../event-fixtures";
import { fixture, KEY, signatureOf, TOKEN, useCallbacks } from "./use-callbacks";

const { deliver, printed } = useCallbacks();

const FIXTURES = eventFixtures("viber").map(({ name }) => name);
const text = fixture("text");

describe("Viber's signature", () => {
  it.each(FIXTURES)("is found for the bytes of %s, whose event comes with nothing of it lost", async (name) => {
    const body = fixture(name);
    const [, token = ""] = /"message_token": ?(\d+)/.exec(body) ?? [];
    expect(await deliver(body)).toEqual({ status: 200, event: parseExactly(body) });
    expect(String((parseExactly(body) as Record<string, unknown>).message_token)).toBe(token);
  });

  it.each(FIXTURES)("is found for %s when nobody told how long it is", async (name) => {
    const body = fixture(name);
    expect(await deliver(body, { chunked: true })).toEqual({ status: 200, event: parseExactly(body) });
  });

  it("is the one that was computed beforehand", () => {
    const signature = "82ddd69bfc52147d514f24d2a65f3f68df79347bd3a675b24d6fedd0bf69e2e9";
    const body = { event: "webhook", timestamp: 1457764197627, message_token: 241256543215 };
    expect(findSignedBody({ body, signature }, "Token")).toBe(fixture("webhook"));
  });

  it("says which token it is, where the one that came is another that a number rounds alike", async () => {
    const body = text.replace("238145", "238146");
    const { event } = await deliver(body, { signature: signatureOf(text) });
    expect(event).toMatchObject({ message_token: "4912661846655238145" });
  });

  it("is the header's: the one that Viber puts into the URL as well proves nothing", async () => {
    const query = `?key=${KEY}&sig=${signatureOf(text)}`;
    expect(await deliver(text, { query })).toMatchObject({ status: 200 });
    expect(await deliver(text, { query, signature: null })).toEqual({ status: 403 });
  });
});

describe("a callback is refused", () => {
  const other = (body: string, from: string, to: string) => {
    expect(body).toContain(from);
    return body.replace(from, to);
  };
  it.each([
    ["without a key", { query: "" }],
    ["with an empty key", { query: "?key=" }],
    ["with another key", { query: `?key=${KEY}x` }],
    ["with two keys", { query: `?key=${KEY}&key=${KEY}` }],
    ["with a key that is an object", { query: `?key[a]=${KEY}` }],
    ["without a signature", { signature: null }],
    ["with an empty signature", { signature: "" }],
    ["with a signature that is none", { signature: "zz".repeat(32) }],
    ["with half a signature", { signature: signatureOf(text).slice(0, 32) }],
    ["with a signature by another token", { signature: signatureOf(text, `${TOKEN}x`) }],
    ["with a field more in the URL", { query: `?key=${KEY}&silent2=true` }],
    ["with the event in the URL, too", { query: `?event=message&key=${KEY}&timestamp=1&user=1` }],
  ])("%s", async (_, callback) => {
    expect(await deliver(text, callback)).toEqual({ status: 403 });
  });

  it.each([
    ["text", other(text, "Where", "There")],
    ["sender", other(text, "01234567890A", "01234567890B")],
    ["token beyond what a number rounds to", other(text, "4912661846655238145", "4912661846655300000")],
    ["time", other(text, "1795392000627", "1795392000628")],
    [
      "order",
      other(
        text,
        '"timestamp":1795392000627,"message_token":4912661846655238145',
        '"message_token":4912661846655238145,"timestamp":1795392000627',
      ),
    ],
    ["fields, one more", other(text, '"silent":false', '"silent":false,"more":1')],
    ["fields, one twice", other(text, '"silent":false', '"silent":false,"event":"seen"')],
  ])("with another %s than was signed", async (_, body) => {
    expect(await deliver(body, { signature: signatureOf(text) })).toEqual({ status: 403 });
  });

  it.each(["key", "sig"])("when the signed body itself has a field `%s`", async (name) => {
    const body = other(text, '"silent"', `"${name}":"${KEY}","silent"`);
    expect(await deliver(body)).toEqual({ status: 403 });
  });

  it("when the body has a field in the place of the runtime's own", async () => {
    const body = other(text, '"silent"', '"request":{"headers":{"x-viber-content-signature":"x"}},"silent"');
    expect(await deliver(body)).toEqual({ status: 400 });
  });

  it.each([
    ["a form", "application/x-www-form-urlencoded"],
    ["plain text", "text/plain"],
  ])("when it is %s", async (_, type) => {
    expect(await deliver(text, { headers: { "content-type": type } })).toEqual({ status: 415 });
  });

  it("when it holds two integers that were rounded, of which Viber has none", async () => {
    const body = other(text, '"silent"', '"token":4912661846655238145,"silent"');
    expect(await deliver(body)).toEqual({ status: 403 });
  });

  it("without a word of its key, token or text in the log", () => {
    const log = printed.join("\n");
    expect(log).toContain("forged_request");
    for (const secret of [KEY, TOKEN, "Where is", "McClane"]) expect(log).not.toContain(secret);
  });
});

describe("a large body", () => {
  const sized = (bytes: number) => text.replace("Where is my order?", "x".repeat(bytes - text.length + 18));

  it("is taken up to 30 KB", async () => {
    const body = sized(30 * 1024);
    expect(Buffer.byteLength(body)).toBe(30 * 1024);
    expect(await deliver(body)).toMatchObject({ status: 200 });
    expect(await deliver(`${sized(30 * 1024 + 1)}`)).toEqual({ status: 403 });
  });

  it("is searched for with bounded work: an unlikely spelling is found only where its length tells it", async () => {
    const words = "\\u201CHi\\u201D \\u00E9 <\\/b> & = ' ".repeat(1000);
    const body = fixture("text-slashes")
      .replaceAll(",", ", ")
      .replaceAll(/":(?=["{\d])/g, '": ')
      .replace("See", words);
    expect(body.length).toBeGreaterThan(30 * 1024);
    expect(await deliver(body)).toMatchObject({ status: 200 });
    expect(await deliver(body, { chunked: true })).toEqual({ status: 403 });
  });

  it.each([
    ["text", JSON.stringify({ text: "x".repeat(5_900_000) })],
    ["list", `{"a":[${"1,".repeat(2_900_000)}1]}`],
    ["object", `{${Array.from({ length: 40_000 }, (_, i) => `"k${i}":1`).join()}}`],
    ["nesting", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["small nesting", `{"a":${"[".repeat(13)}${"]".repeat(13)}}`],
  ])("beyond that, a %s, is refused before its signature is looked at, right as it is", async (_, body) => {
    expect(await deliver(body)).toEqual({ status: 403 });
  });

  it("that the runtime does not take is not ours", async () => {
    expect((await deliver(JSON.stringify({ text: "x".repeat(7_000_000) }))).status).toBe(413);
  });
});
