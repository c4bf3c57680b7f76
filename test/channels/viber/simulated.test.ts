import { buffer } from "node:stream/consumers";
import type { ChannelEvent, OutgoingFile } from "../../../src/channels/adapter";
import { viberSetUp } from "../../../src/channels/viber/set-up";
import { viber } from "../../../src/channels/viber/viber";
import { deadlineIn } from "../../../src/runtime/deadline";
import { readRequest } from "../../../src/runtime/request";
import { account } from "../../../src/simulator/seeds";
import { readings, type Switches } from "../../../src/simulator/switches";
import { linkTo } from "../../simulator/platforms/link-to";
import { USER, useViber } from "../../simulator/viber/use-viber";
import { realFile } from "../../support/real-files";
import { KEY } from "./use-callbacks";

const variables = {
  VIBER_AUTH_TOKEN: account.viberBot.token,
  VIBER_WEBHOOK_KEY: KEY,
  VIBER_SENDER_NAME: account.viberBot.name,
};
const env = {
  ...{ ACCOUNT_SID: "AC", AUTH_TOKEN: "", DOMAIN_NAME: "example.com" },
  SIGNATURE_CHECK: "function" as const,
};
const connection = () => viber.connect(variables, deadlineIn(8000));
const setUp = () => viberSetUp(variables, deadlineIn(8000));
const noTwilio = () => {
  throw new Error("a caller is proven without Twilio");
};

/** A connected bot, whose user has subscribed. */
function useBot(switches: Partial<Switches>) {
  const bot = useViber({ switches });
  beforeEach(async () => {
    await setUp().connect(bot.hook.url("/viber"), KEY);
    bot.user().subscribe();
    await bot.settled();
    bot.hook.calls.splice(0);
  });

  /** What the adapter makes of all that came, whose caller it has proven. */
  async function told(): Promise<ChannelEvent[]> {
    await bot.settled();
    const events = bot.hook.calls.map(async ({ url, headers, body }) => {
      const fields = { ...Object.fromEntries(url.searchParams), ...(JSON.parse(body.toString()) as object) };
      const request = readRequest({ request: { headers, cookies: {} }, ...fields });
      return viber.parse(await viber.caller({ request, env, variables, path: "/inbound/viber", twilio: noTwilio }));
    });
    return (await Promise.all(events)).flat();
  }
  return { ...bot, told };
}

describe.each(readings.viberWritesJson)("a Viber that writes JSON %s", (viberWritesJson) => {
  const bot = useBot({ viberWritesJson });

  it("is understood to the last digit, whatever its users send", async () => {
    const text = 'Où est "<ma> commande"? 🚲 a/b \\ é\n*now* & then';
    const ids = [
      bot.user().say(text),
      bot.user().sendLocation(37, -122.5),
      bot.user().sendContact("Zoë / Ж", "+15550101234"),
      bot.user().sendSticker(40133),
      bot.user().sendPicture({ ...realFile("png"), filename: "é.png" }, "Voilà"),
    ];
    const events = await bot.told();
    const idsOf = (wanted: ChannelEvent["kind"]) =>
      events.flatMap((event) => (event.kind === wanted && "id" in event ? [event.id] : [])).sort();
    expect(idsOf("message")).toEqual(ids.sort());
    // That their own messages were delivered is told as well.
    expect(idsOf("receipt")).toEqual(ids.sort());
    expect(events).toHaveLength(2 * ids.length);
  });
});

describe("the simulated Viber", () => {
  const bot = useBot({});

  async function outgoing(name: "png" | "pdf" | "mp4"): Promise<OutgoingFile> {
    const file = realFile(name);
    const link = await linkTo(bot.sim, file);
    return {
      ...{ contentType: file.contentType, filename: file.filename, size: file.content.length },
      link: async () => link,
      content: async () => file.content,
    };
  }
  const shown = () => bot.phone().filter(({ direction }) => direction === "in");

  it("tells what became of a message by the id that it was sent under", async () => {
    const id = await connection().send(USER, { text: "Hello 🚲" });
    await bot.settled();
    bot.user().see();
    expect((await bot.told()).map((event) => event.kind === "receipt" && [event.id, event.status])).toEqual([
      [id, "delivered"],
      [id, "read"],
    ]);
    expect(shown()).toMatchObject([{ body: "Hello 🚲", platformId: id }]);
  });

  it.each(["png", "pdf", "mp4"] as const)("shows a %s that Twilio keeps, with its words", async (name) => {
    const file = await outgoing(name);
    await connection().send(USER, { file, ...(name === "png" && { text: "Look" }) });
    await bot.settled();
    const files = shown().flatMap(({ media = [] }) => media);
    expect(files).toMatchObject([{ contentType: file.contentType, size: file.size }]);
    expect(
      shown()
        .map(({ body }) => body)
        .join(""),
    ).toBe(name === "png" ? "Look" : "");
  });

  it("hands out a user's file, byte for byte", async () => {
    const picture = realFile("jpeg");
    bot.user().sendPicture(picture);
    const [message] = await bot.told();
    const reference = message?.kind === "message" ? message.file?.reference : undefined;
    const { content, size } = await connection().openFile({ reference: reference ?? "" });
    expect(await buffer(content)).toEqual(picture.content);
    expect([undefined, picture.content.length]).toContain(size);
  });

  it("lets nobody write to who left, and tells of both", async () => {
    bot.user().unsubscribe();
    await expect(connection().send(USER, { text: "Hello" })).rejects.toMatchObject({ reason: "unreachable" });
    expect(await bot.told()).toMatchObject([{ kind: "reach", reachable: false }]);
  });

  it("shows how it sees the webhook, until it is undone", async () => {
    expect(await setUp().status()).toMatchObject({ account: account.viberBot.name, url: bot.hook.url("/viber") });
    await setUp().disconnect();
    expect((await setUp().status()).url).toBeUndefined();
  });
});
