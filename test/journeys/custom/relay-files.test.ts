import { createHash } from "node:crypto";
import { LIMITS } from "../../../src/channels/limits";
import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";
import { realFile } from "../../support/real-files";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 1 });
const talks = customTalks(centre);

const MB = 1024 * 1024;
const digest = (content: Buffer) => createHash("sha256").update(content).digest("hex");

describe.each(CUSTOM_CHANNELS)("a file of an agent's on $channel", ({ channel, customer, came }) => {
  const { files } = LIMITS[channel].toCustomer;
  const types = files?.types === "any" ? [] : (files?.types ?? []);
  const media = () => talks.heard(customer).flatMap(({ media = [] }) => media);
  const failure = () => centre.tasks()[0]?.attributes.deliveryFailure as Record<string, unknown> | undefined;
  const mark = () => {
    const [message] = talks.said(customer).slice(-1);
    return (JSON.parse(message?.attributes ?? "{}") as { delivery?: Record<string, unknown> }).delivery;
  };

  it.each(types)("%s arrives byte for byte, with its name", async (type) => {
    const agent = await talks.withAgent(customer);
    const file = realFile(type, 30_000);
    await talks.replies(agent, "", file);
    expect(media()).toHaveLength(1);
    expect(media()[0]).toMatchObject({ size: file.content.length, sha256: digest(file.content) });
    expect(failure()).toBeUndefined();
  });

  it.each([
    ["jpeg", files?.shown?.image?.bytes ?? 0],
    ["jpeg", (files?.shown?.image?.bytes ?? 0) + 1],
    ["mp4", 16 * MB],
    ["pdf", 16 * MB],
  ] as const)("%s of %i bytes arrives byte for byte", async (type, size) => {
    const agent = await talks.withAgent(customer);
    const file = realFile(type, size);
    await talks.replies(agent, "", file);
    expect(media()).toMatchObject([{ size, sha256: digest(file.content) }]);
  });

  it("that is too big does not go: the agent is told, and nothing is tried again", async () => {
    const agent = await talks.withAgent(customer);
    await talks.replies(agent, "", realFile("pdf", 16 * MB + 1));
    expect(media()).toEqual([]);
    expect(mark()).toMatchObject({ status: "failed", words: expect.stringContaining("16") });
    expect(failure()).toMatchObject({ status: "failed" });
  });

  it("of a kind that agents cannot send does not go", async () => {
    const agent = await talks.withAgent(customer);
    await talks.replies(agent, "", realFile("exe"));
    expect(media()).toEqual([]);
    expect(failure()?.words).toContain("never passed on");
  });

  it("keeps its place between two texts", async () => {
    const agent = await talks.withAgent(customer);
    await talks.replies(agent, "before");
    await talks.replies(agent, "", realFile("png"));
    await talks.replies(agent, "after");
    expect(talks.heard(customer).map(({ body, media = [] }) => body || media.length)).toEqual(["before", 1, "after"]);
  });

  it("that Twilio does not hand out now is sent later, once", async () => {
    const agent = await talks.withAgent(customer);
    centre.twilioFails("FetchMedia", 503, 20);
    await talks.replies(agent, "", realFile("png"));
    expect(media()).toEqual([]);
    expect(mark()).toBeUndefined();
    centre.simulator.world().faults.clear();
    await centre.simulator.advance(150);
    expect(await talks.sweep()).toEqual([{ problem: "not-relayed", action: "send-again", done: true }]);
    expect(media()).toHaveLength(1);
    expect(mark()).toMatchObject({ status: came });
  });
});
