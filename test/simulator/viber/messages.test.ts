import { account } from "../../../src/simulator/seeds";
import { linkTo } from "../platforms/link-to";
import { PNG } from "../telegram/use-telegram";
import { IDENTITY, TEXT, USER, useViber } from "./use-viber";

/** Time stands still, so that none passes while a test waits. */
const viber = useViber({ deterministic: true, switches: { rateLimits: true } });
const TO = { receiver: USER, sender: { name: "Shop" } };

async function begin() {
  await viber.listen();
  viber.user().subscribe();
  await viber.settled();
  viber.hook.calls.splice(0);
}

const link = (content: Buffer, contentType = "image/png", filename = "dot.png") =>
  linkTo(viber.sim, { content, contentType, filename });

describe("what a bot says", () => {
  beforeEach(begin);

  it("is on the user's phone, and answered with a token of 19 digits that its receipts have", async () => {
    const { text } = await viber.post("send_message", JSON.stringify(TEXT));
    await viber.settled();
    const [, token = ""] = /"message_token":(\d{19}),/.exec(text) ?? [];
    expect(text).toContain('{"status":0,"status_message":"ok",');
    expect(viber.phone()).toMatchObject([{ direction: "in", sender: "Shop", body: "Hello", platformId: token }]);
    expect(viber.user().see()).toBe(1);
    await viber.settled();
    expect(viber.kinds()).toEqual(["delivered", "seen"]);
    expect(viber.bodies().every((body) => body.includes(`${token},"user_id":"${USER}"`))).toBe(true);
    expect(viber.user().see()).toBe(0);
  });

  it.each([
    ["text of more than 7000 characters", { ...TEXT, text: "x".repeat(7001) }, 3],
    ["no text", { ...TO, type: "text" }, 4],
    ["no receiver", { ...TEXT, receiver: undefined }, 4],
    ["an unknown receiver", { ...TEXT, receiver: "nobody==" }, 5],
    ["no sender", { ...TEXT, sender: undefined }, 4],
    ["a name of 29 characters", { ...TEXT, sender: { name: "x".repeat(29) } }, 3],
    ["too much tracking data", { ...TEXT, tracking_data: "x".repeat(4001) }, 3],
    ["a keyboard, which the simulator does not have", { ...TEXT, keyboard: {} }, 3],
    ["an unknown type", { ...TO, type: "dream" }, 3],
    ["more than 30 KB", { ...TEXT, keyboard: "x".repeat(30 * 1024) }, 3],
    ["a picture without the key for its caption", { ...TO, type: "picture", media: "https://a.twil.io/a.png" }, 4],
    [
      "a picture whose link does not end as one",
      { ...TO, type: "picture", text: "", media: "https://a.twil.io/ME1" },
      3,
    ],
    [
      "a caption of 513 characters",
      { ...TO, type: "picture", text: "x".repeat(513), media: "https://a.twil.io/a.png" },
      3,
    ],
    ["a video without its size", { ...TO, type: "video", media: "https://a.twil.io/a.mp4" }, 4],
    [
      "a video whose link does not end as one",
      { ...TO, type: "video", size: 9, media: "https://a.twil.io/ME1?a=.mp4" },
      3,
    ],
    ["a video beyond 26 MB", { ...TO, type: "video", size: 26 * 2 ** 20 + 1, media: "https://a.twil.io/a.mp4" }, 3],
    ["a file without its name", { ...TO, type: "file", size: 9, media: "https://a.twil.io/ME1" }, 4],
    [
      "a file whose name has no ending",
      { ...TO, type: "file", size: 9, media: "https://a.twil.io/ME1", file_name: "bill" },
      3,
    ],
    ["a program", { ...TO, type: "file", size: 9, media: "https://a.twil.io/ME1", file_name: "bill.EXE" }, 3],
    [
      "a file beyond 50 MB",
      { ...TO, type: "file", size: 50 * 2 ** 20 + 1, media: "https://a.twil.io/a", file_name: "a.zip" },
      3,
    ],
    ["a link of more than 2000 characters", { ...TO, type: "url", media: `https://a.example/${"x".repeat(2000)}` }, 3],
    ["a place off the map", { ...TO, type: "location", location: { lat: 91, lon: 0 } }, 3],
    ["a sticker without its number", { ...TO, type: "sticker" }, 4],
  ])("is refused with %s", async (_, fields, status) => {
    expect(await viber.send(fields)).toMatchObject({ status, status_message: expect.any(String) });
    await viber.settled();
    expect(viber.phone()).toEqual([]);
  });

  it("may be a link, a contact, a place or a sticker", async () => {
    await viber.send({ ...TO, type: "url", media: "https://shop.example.com/" });
    await viber.send({ ...TO, type: "contact", contact: { name: "Ana", phone_number: "+15550101234" } });
    await viber.send({ ...TO, type: "location", location: { lat: 37.5, lon: -122 } });
    await viber.send({ ...TO, type: "sticker", sticker_id: 40126 });
    await viber.settled();
    expect(viber.phone().map(({ body }) => body)).toEqual([
      "https://shop.example.com/",
      "Ana +15550101234",
      "37.5,-122",
      "sticker 40126",
    ]);
  });

  it("does not reach who left, until they write", async () => {
    viber.user().unsubscribe();
    expect(await viber.send(TEXT)).toMatchObject({ status: 6 });
    viber.user().say("I am back");
    expect(await viber.send(TEXT)).toMatchObject({ status: 0 });
  });

  it("stops after 100 messages in an hour without an answer", async () => {
    for (let i = 0; i < 100; i++) await viber.send(TEXT);
    expect(await viber.send(TEXT)).toMatchObject({ status: 12 });
    viber.user().say("Yes?");
    expect(await viber.send(TEXT)).toMatchObject({ status: 0 });
  });

  it("waits while the user's device is off", async () => {
    viber.user().deviceOff();
    await viber.send(TEXT);
    await viber.send({ ...TEXT, text: "Are you there?" });
    await viber.settled();
    expect([viber.phone(), viber.kinds()]).toEqual([[], []]);
    viber.user().deviceOn();
    await viber.settled();
    expect(viber.phone().map(({ body }) => body)).toEqual(["Hello", "Are you there?"]);
    expect(viber.kinds()).toEqual(["delivered", "delivered"]);
  });

  it.each([
    ["read", ["delivered", "seen"]],
    ["failed", ["failed"]],
    ["sent", []],
  ] as const)("ends as the phone is told that messages do: %s", async (status, kinds) => {
    viber.sim.world.phones.behave(IDENTITY, { status });
    await viber.send(TEXT);
    await viber.settled();
    expect([...viber.kinds()].sort()).toEqual(kinds);
  });

  it("may fail on the device, which is told later", async () => {
    viber.user().failNext("the device is too old");
    expect(await viber.send(TEXT)).toMatchObject({ status: 0 });
    await viber.settled();
    expect(viber.hook.events()).toEqual([
      expect.objectContaining({ event: "failed", user_id: USER, desc: "the device is too old" }),
    ]);
  });
});

describe("files that a bot sends", () => {
  beforeEach(begin);
  const shown = () => viber.phone()[0]?.media?.[0];

  it("are fetched from where they lie, and the user has their very bytes", async () => {
    const media = await link(PNG);
    await viber.send({ ...TO, type: "file", media, size: PNG.length, file_name: "dot.png" });
    await viber.settled();
    expect(shown()).toMatchObject({ contentType: "image/png", filename: "dot.png", size: PNG.length });
    expect(viber.sim.world.media.files.read(shown()?.sha256 ?? "")).toEqual(PNG);
    expect(viber.kinds()).toEqual(["delivered"]);
  });

  it("fail when their link leads to nothing any more", async () => {
    const media = await link(PNG);
    await viber.sim.simulator.advance(301);
    expect(await viber.send({ ...TO, type: "file", media, size: 9, file_name: "dot.png" })).toMatchObject({
      status: 0,
    });
    await viber.settled();
    expect([viber.phone(), viber.kinds()]).toEqual([[], ["failed"]]);
  });

  it("are pictures of up to 1 MB, where their link may end in nothing", async () => {
    Object.assign(viber.sim.world.positions, { viberLinksNeedEnding: false });
    const send = async (content: Buffer, type = "image/png") =>
      viber.send({ ...TO, type: "picture", text: "Look", media: await link(content, type) });
    await send(PNG);
    await viber.settled();
    await send(Buffer.alloc(2 ** 20 + 1));
    await send(Buffer.from("%PDF"), "application/pdf");
    await viber.settled();
    Object.assign(viber.sim.world.positions, { viberLinksNeedEnding: true });
    expect(viber.phone().map(({ body }) => body)).toEqual(["Look"]);
    expect(viber.kinds()).toEqual(["delivered", "failed", "failed"]);
  });
});

describe("the API itself", () => {
  it("knows its bot by the token, in a header or in the body", async () => {
    const { token } = account.viberBot;
    const status = async (body: object, headers: Record<string, string>) =>
      (JSON.parse((await viber.post("get_account_info", JSON.stringify(body), headers)).text) as { status: number })
        .status;
    expect([
      await status({}, {}),
      await status({}, { "x-viber-auth-token": "wrong" }),
      await status({}, { "x-viber-auth-token": token }),
      await status({ auth_token: token }, {}),
    ]).toEqual([2, 2, 0, 0]);
  });

  it("refuses what is no JSON, and says what the simulator does not have", async () => {
    expect((await viber.post("get_account_info", "nonsense")).text).toContain('"status":3');
    expect(await viber.post("broadcast_message", "{}")).toMatchObject({ http: 501 });
    expect((await fetch("https://chatapi.viber.com/")).status).toBe(404);
  });

  it("sends nothing without a webhook", async () => {
    viber.user().subscribe();
    expect(await viber.send(TEXT)).toMatchObject({ status: 10 });
  });

  it("tells of a subscriber twice in twelve hours", async () => {
    const ask = async () => viber.call("get_user_details", { id: USER });
    expect(await ask()).toMatchObject({ status: 5 });
    viber.user();
    expect(await ask()).toMatchObject({ status: 6 });
    viber.user().subscribe();
    expect([await ask(), await ask()]).toMatchObject([{ status: 0, user: { id: USER } }, { status: 0 }]);
    expect(await ask()).toMatchObject({ status: 12 });
    await viber.sim.simulator.advance(12 * 3600);
    expect(await ask()).toMatchObject({ status: 0 });
  });

  it("suffers the faults of Twilio's: by Viber's own codes, or at its edge", async () => {
    await begin();
    const { faults } = viber.sim.world;
    const strike = (kind: "malformed" | "reset before" | "reset after" | "error after") =>
      faults.add({ operation: "viber send_message", kind });
    faults.add({ operation: "viber send_message", kind: "refused", status: 400, code: 12 });
    expect(await viber.send(TEXT)).toMatchObject({ status: 12, status_message: "tooManyRequests" });
    faults.add({ operation: "viber send_message", kind: "refused", status: 429 });
    expect(await viber.post("send_message", JSON.stringify(TEXT))).toMatchObject({ http: 429 });
    strike("error after");
    expect(await viber.post("send_message", JSON.stringify(TEXT))).toMatchObject({ http: 500 });
    strike("malformed");
    await expect(viber.send(TEXT)).rejects.toThrow("JSON");
    strike("reset before");
    await expect(viber.send(TEXT)).rejects.toThrow("fetch failed");
    strike("reset after");
    await expect(viber.send(TEXT)).rejects.toThrow("fetch failed");
    await viber.settled();
    expect(viber.phone()).toHaveLength(3);
  });
});
