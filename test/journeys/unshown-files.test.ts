import { CHANNELS } from "../support/channels";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre();
const [, { customer: WHATSAPP, sender: WHATSAPP_SENDER }] = CHANNELS;
const MB = 1024 * 1024;

const file = (contentType: string, filename: string, bytes = 100) => ({
  contentType,
  filename,
  content: Buffer.alloc(bytes, 1),
});
const CARD = file("text/vcard", "ana.vcf");
const STICKER = file("image/webp", "sticker.webp");
const PROGRAM = file("application/x-msdownload", "run.exe");
const PHOTO = file("image/jpeg", "lamp.jpg");

async function sends(customer: string, ...media: (typeof CARD)[]) {
  await centre.simulator.world().phones.send({ from: customer, media });
  await centre.simulator.settled();
}

const fileOf = (index: number) => {
  const message = centre.state().conversations[0]?.messages.find((one) => one.index === index);
  return (JSON.parse(message?.attributes ?? "{}") as { file?: Record<string, unknown> }).file;
};
const unshown = (type: string, words: string, more: object = {}) => ({
  shown: false,
  mediaSid: expect.stringMatching(/^ME/),
  type,
  size: 100,
  words: expect.stringContaining(words),
  ...more,
});

describe("a file that Flex may not show leaves words for the agent", () => {
  it("as the message that begins a Flow, and as a later one", async () => {
    await sends(WHATSAPP, CARD);
    expect(fileOf(0)).toEqual(unshown("text/vcard", "Twilio keeps it"));
    await centre.customerSends("1", WHATSAPP);
    await sends(WHATSAPP, STICKER);
    const sticker = centre.state().conversations[0]?.messages.findLast(({ media }) => media.length > 0);
    expect(sticker?.index).toBeGreaterThan(0);
    expect(fileOf(sticker?.index ?? 0)).toEqual(unshown("image/webp", "image/webp"));
  });

  it("on an address that is bound to our webhook", async () => {
    await centre.bindToWebhook("inbound/message-added", WHATSAPP_SENDER);
    await sends(WHATSAPP, PROGRAM);
    expect(fileOf(0)).toEqual(unshown("application/x-msdownload", "nobody should open it"));
  });

  it("and says how many more there are in one MMS", async () => {
    await centre.bindToWebhook();
    await sends(CUSTOMER, PHOTO, CARD, STICKER);
    expect(fileOf(0)).toEqual(unshown("text/vcard", "text/vcard", { more: 1 }));
  });

  it("also for its size", async () => {
    await centre.bindToWebhook();
    await sends(CUSTOMER, file("image/jpeg", "big.jpg", 3 * MB));
    expect(fileOf(0)).toMatchObject({ size: 3 * MB, words: expect.stringContaining("2 MB") });
  });

  it("once, when its webhook comes twice", async () => {
    await centre.bindToWebhook();
    centre.simulator.world().faults.add({ operation: "webhook onMessageAdded", kind: "twice" });
    await sends(CUSTOMER, CARD);
    expect(centre.callsOf("UpdateConversationMessage")).toHaveLength(1);
  });
});

it("a photo costs no call more than words do", async () => {
  await centre.bindToWebhook();
  await sends(CUSTOMER, PHOTO);
  expect(fileOf(0)).toBeUndefined();
  expect(centre.callsOf("FetchConversationMessage")).toEqual([]);
  expect(centre.callsOf("UpdateConversationMessage")).toEqual([]);
});

it("words that cannot be left keep no customer waiting", async () => {
  await centre.bindToWebhook();
  centre.twilioFails("UpdateConversationMessage", 500);
  await sends(CUSTOMER, CARD);
  expect(centre.tasks()).toHaveLength(1);
});
