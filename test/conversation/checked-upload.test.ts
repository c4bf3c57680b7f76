import { Twilio } from "twilio";
import { checkedUpload } from "../../src/conversation/checked-upload";
import { deadlineIn } from "../../src/runtime/deadline";
import { withinDeadline } from "../../src/runtime/twilio-client";
import type { MediaService } from "../../src/twilio/media-content";
import { useSimulator } from "../simulator/use-simulator";

const sim = useSimulator();

const FROM_TELEGRAM = { channel: "telegram", direction: "fromCustomer" } as const;
const PNG = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(200_000, 7)]);
const sent = { size: PNG.length, contentType: "image/jpeg", filename: "lamp.jpg" };

function service(): MediaService {
  const { sid, authToken, chatServiceSid } = sim.simulator.account;
  const deadline = deadlineIn(5_000);
  return { twilio: withinDeadline(new Twilio(sid, authToken), deadline), deadline, serviceSid: chatServiceSid };
}

/** A stream in small pieces, and how it ended. */
function pieces(content: Buffer) {
  const told = { closed: false, given: 0 };
  async function* stream() {
    try {
      for (let at = 0; at < content.length; at += 1000) {
        told.given += 1;
        yield content.subarray(at, at + 1000);
      }
    } finally {
      told.closed = true;
    }
  }
  return { told, stream: stream() };
}

const kept = () =>
  [...sim.world.media.media.values()].map((row) => ({ ...row, content: sim.world.media.content(row) }));

it.each([
  ["bytes", () => PNG],
  ["a stream", () => pieces(PNG).stream],
])("keeps %s as what they are", async (_, bytes) => {
  const result = await checkedUpload(service(), { ...sent, bytes: bytes() }, FROM_TELEGRAM);
  expect(result).toMatchObject({
    ok: true,
    file: { contentType: "image/png", filename: "lamp.png", size: PNG.length },
  });
  expect(kept()).toEqual([expect.objectContaining({ content: PNG, contentType: "image/png", filename: "lamp.png" })]);
});

it("refuses a program by its first bytes, and asks for no more of them", async () => {
  const { told, stream } = pieces(Buffer.concat([Buffer.from("\x7fELF", "latin1"), Buffer.alloc(1_000_000)]));
  const program = { ...sent, size: 1_000_004, bytes: stream };
  expect(await checkedUpload(service(), program, FROM_TELEGRAM)).toMatchObject({ ok: false, reason: "program" });
  expect(told).toMatchObject({ closed: true });
  expect(told.given).toBeLessThan(100);
  expect(kept()).toEqual([]);
});

it("refuses what the channel does not take", async () => {
  const context = { channel: "mms", direction: "toCustomer", customer: "+420777123456" } as const;
  expect(await checkedUpload(service(), { ...sent, bytes: PNG }, context)).toMatchObject({
    ok: false,
    reason: "country",
  });
});

it("tries again with bytes at hand when Twilio fails for a moment", async () => {
  sim.world.faults.add({ operation: "CreateMedia", status: 429 });
  sim.world.faults.add({ operation: "CreateMedia", kind: "reset before", after: 0 });
  const result = await checkedUpload(service(), { ...sent, bytes: PNG }, FROM_TELEGRAM);
  expect(result).toMatchObject({ ok: true });
  expect(kept()).toHaveLength(1);
});
