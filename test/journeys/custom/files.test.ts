import type { SentFile } from "../../../src/simulator/conversations/inbound-media";
import { filesIn } from "../../support/carried-files";
import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { realFile } from "../../support/real-files";

/** How a customer of each channel sends files, and what the platform's calls for one are named. */
const CHANNELS = [
  { channel: "telegram", customer: "telegram_4711", download: "telegram file" },
  {
    channel: "viber",
    customer: `viber_${Buffer.from("Ana/of+viber==").toString("base64url")}`,
    download: "viber media",
  },
] as const;

describe.each(CHANNELS)("a customer who sends a file on $channel", ({ channel, customer, download }) => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const PICTURE = realFile("jpeg", 70_000);
  const BILL = { ...realFile("pdf", 5_000), filename: "bill & more ñ.pdf" };
  const world = () => centre.simulator.world();
  const fails = (operation: string, status: number) => world().faults.add({ operation, status, times: 50 });

  async function sends(media: SentFile[], body = ""): Promise<void> {
    if (channel === "telegram" && media[0]?.filename) {
      world().platforms.telegram.user(4711).sendFile("document", media[0], { caption: body });
    } else world().platforms.customer(customer)?.send({ body, media });
    await centre.simulator.settled();
  }

  const conversation = () => centre.state().conversations.find(({ uniqueName }) => uniqueName === `${customer}.1`);
  const shown = () => filesIn(world(), conversation()?.sid);
  const attributes = () =>
    (conversation()?.messages ?? []).map((one) => JSON.parse(one.attributes) as Record<string, unknown>);

  it("as the first thing they do: it is there, byte for byte, under its words", async () => {
    await sends([{ contentType: "image/jpeg", content: PICTURE.content }], "My lamp");
    expect(conversation()?.messages).toMatchObject([{ author: customer, body: "My lamp" }]);
    expect(shown()).toMatchObject(["My lamp", { contentType: "image/jpeg", content: PICTURE.content }]);
    expect(attributes()[0]).not.toHaveProperty("file");
  });

  it("without words and with a name: it keeps its name", async () => {
    await sends([BILL]);
    expect(shown()).toEqual([{ contentType: "application/pdf", filename: BILL.filename, content: BILL.content }]);
  });

  it("which the platform does not hand out: words stand in its place", async () => {
    fails(download, 404);
    await sends([BILL]);
    expect(shown()).toEqual([expect.stringMatching(/^\[A file was sent\. .+\]$/)]);
    expect(attributes()[0]).toMatchObject({ file: { shown: false, words: expect.any(String) } });
  });

  it("which Twilio does not keep: words stand in its place, and are under its own", async () => {
    fails("CreateMedia", 503);
    await sends([{ contentType: "image/jpeg", content: PICTURE.content }], "My lamp");
    expect(shown()).toEqual([expect.stringMatching(/^My lamp\n\[A file was sent\. .+\]$/)]);
  });

  it("that is a program: nobody gets it, and the agent is told so", async () => {
    await sends([
      {
        contentType: "application/pdf",
        filename: "bill.pdf",
        content: Buffer.from("MZ\x90\0\x03\0\0\0\x04\0\0\0".padEnd(200, "\0"), "latin1"),
      },
    ]);
    expect(shown()).toEqual([expect.stringMatching(/program/)]);
    expect(centre.state().media).toEqual([]);
  });

  if (channel === "telegram") {
    // In real time.
    it("which takes too long: words come in time", async () => {
      world().faults.add({ operation: download, kind: "slow", ms: 9_000 });
      const began = performance.now();
      await sends([BILL], "");
      expect(performance.now() - began).toBeLessThan(12_000);
      expect(shown()).toEqual([expect.stringMatching(/in time/)]);
    }, 30_000);
  }

  it("and comes back after the Conversation was closed: it goes to the next", async () => {
    await sends([BILL]);
    await centre.agentFinishes();
    await sends([BILL]);
    const next = centre.state().conversations.find(({ uniqueName }) => uniqueName === `${customer}.2`);
    expect(filesIn(world(), next?.sid)).toMatchObject([{ filename: BILL.filename, content: BILL.content }]);
    expect(centre.callsOf("CreateMedia").length).toBeLessThanOrEqual(2);
  });
});
