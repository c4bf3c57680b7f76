import { viber } from "../../../src/channels/viber/viber";
import { ENV, fixture, KEY, useCallbacks } from "./use-callbacks";

const { deliver } = useCallbacks({ ...ENV, VIBER_SIGNATURE: "secret-only" });

describe("under VIBER_SIGNATURE=secret-only", () => {
  it("the key alone lets a callback in, marked as not verified", async () => {
    const { status, event } = await deliver(fixture("text"), { signature: null });
    expect(status).toBe(200);
    expect(event).toMatchObject({ event: "message", verified: false });
    expect(viber.parse(event)).toMatchObject([{ id: "4912661846655238000-1795392000627", text: "Where is my order?" }]);
  });

  it("no body says of itself that it is verified", async () => {
    const body = fixture("text").replace('"silent"', '"verified":true,"silent"');
    expect((await deliver(body)).event).toMatchObject({ verified: false });
  });

  it.each([
    ["without a key", fixture("text"), ""],
    ["with another key", fixture("text"), `?key=${KEY}x`],
    ["that is too large", JSON.stringify({ text: "x".repeat(40_000) }), `?key=${KEY}`],
  ])("a callback %s is refused", async (_, body, query) => {
    expect(await deliver(body, { query })).toEqual({ status: 403 });
  });
});
