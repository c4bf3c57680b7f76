import { parseExactly } from "../../../src/channels/viber/exact-json";
import { viber } from "../../../src/channels/viber/viber";
import { deadlineIn } from "../../../src/runtime/deadline";
import { MisconfiguredError } from "../../../src/runtime/errors";
import { adapterContract, type PlatformRequest } from "../adapter-contract";
import { eventFixtures } from "../event-fixtures";
import { KEY, signatureOf, TOKEN } from "./use-callbacks";

const NEXT = "the-key-that-follows_0123456789abcdefgh";
const variables = {
  VIBER_AUTH_TOKEN: TOKEN,
  VIBER_WEBHOOK_KEY: KEY,
  VIBER_WEBHOOK_KEY_NEXT: NEXT,
  VIBER_SENDER_NAME: "Bike Shop",
};

const request =
  (query: Record<string, string>, sign: (body: string) => Record<string, string>) =>
  (body: string): PlatformRequest => ({
    headers: {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(body)),
      ...sign(body),
    },
    query,
    body,
  });

const by =
  (token: string) =>
  (body: string): Record<string, string> => ({ "X-Viber-Content-Signature": signatureOf(body, token) });

// Numbers of this size are texts in what the caller answers.
const events = eventFixtures("viber").map((fixture) => ({ ...fixture, event: parseExactly(fixture.raw) }));

adapterContract("viber", {
  adapter: viber,
  variables,
  needed: { caller: ["VIBER_AUTH_TOKEN", "VIBER_WEBHOOK_KEY"], connection: ["VIBER_AUTH_TOKEN"] },
  events,
  genuine: {
    "its key and signature": request({ key: KEY }, by(TOKEN)),
    "the key that follows": request({ key: NEXT }, by(TOKEN)),
    "the signature in the URL besides": request({ sig: "of no interest", key: KEY }, by(TOKEN)),
  },
  forged: {
    "a request with nothing": request({}, () => ({})),
    "a signature without the key": request({}, by(TOKEN)),
    "the key without a signature": request({ key: KEY }, () => ({})),
    "the signature in the URL alone": (body) => request({ key: KEY, sig: signatureOf(body) }, () => ({}))(body),
    "another key": request({ key: `${KEY}x` }, by(TOKEN)),
    "the token for a key": request({ key: TOKEN }, by(TOKEN)),
    "a signature by the key": request({ key: KEY }, by(KEY)),
    "a signature of something else": request({ key: KEY }, () => by(TOKEN)("{}")),
  },
  signsBodies: true,
  fileReference: "https://dl-media.viber.com/a.jpg",
  filesByLink: true,
});

describe("the viber adapter", () => {
  it.each([undefined, "", "x".repeat(29)])("needs a name to send under that Viber shows: %j is none", (name) => {
    const connect = () => viber.connect({ ...variables, VIBER_SENDER_NAME: name }, deadlineIn(1000));
    expect(connect).toThrow(MisconfiguredError);
  });

  it("gives a message a name of its own although its token was rounded, and leaves out receipts that would match another's", () => {
    const parsed = (name: string) =>
      viber.parse(JSON.parse(events.find((event) => event.name === name)?.raw ?? "") as unknown);
    expect(parsed("text")).toMatchObject([{ kind: "message", id: "4912661846655238000-1795392000627" }]);
    expect(parsed("delivered")).toEqual([{ kind: "unsupported", what: "delivered" }]);
  });

  it("puts names on one line, and cuts those longer than any", () => {
    const named = (name: string) =>
      viber
        .parse({ event: "subscribed", timestamp: 1, user: { id: "a", name } })
        .map((event) => "user" in event && event.user.name);
    expect(named(" Ana\r\n\tMaría\u202e ")).toEqual(["Ana María"]);
    expect(named("x".repeat(1000))).toEqual(["x".repeat(256)]);
  });
});
