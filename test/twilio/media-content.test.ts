import type { RequestListener, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { Twilio } from "twilio";
import { type Deadline, deadlineIn } from "../../src/runtime/deadline";
import { DeadlineError, TransferError, TwilioRefusal, TwilioUnclear } from "../../src/runtime/errors";
import { withinDeadline } from "../../src/runtime/twilio-client";
import { downloadMedia, type MediaService, openMedia, uploadMedia } from "../../src/twilio/media-content";
import { useSimulator } from "../simulator/use-simulator";
import { answeredBy } from "./hostile-server";

const sim = useSimulator();
const MB = 1024 * 1024;

/** Bytes of every value, which no text survives. */
const PICTURE = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7) % 256));
const picture = { bytes: PICTURE, size: PICTURE.length, contentType: "image/png", filename: "gato ñ & co.png" };

function service(deadline: Deadline = deadlineIn(5_000), [user, password] = ownCredentials()): MediaService {
  const twilio = withinDeadline(new Twilio(user, password, { accountSid: sim.simulator.account.sid }), deadline);
  return { twilio, deadline, serviceSid: sim.simulator.account.chatServiceSid };
}
const ownCredentials = (): [string, string] => [sim.simulator.account.sid, sim.simulator.account.authToken];
const kept = () => [...sim.world.media.media.values()];
const contentOf = (sid: string) => {
  const row = sim.world.media.find(sid);
  return row && sim.world.media.content(row);
};

describe("a file sent to Twilio's Media service", () => {
  it("is there with its bytes, name and type, for a Message to show", async () => {
    const file = await uploadMedia(service(), picture);
    expect(file).toEqual({
      sid: expect.stringMatching(/^ME/),
      size: PICTURE.length,
      contentType: "image/png",
      filename: "gato ñ & co.png",
    });
    expect(contentOf(file.sid)).toEqual(PICTURE);
    const { sid } = await sim.conversations.conversations.create({});
    const message = await sim.conversations.conversations(sid).messages.create({ mediaSid: file.sid });
    expect(message.media).toEqual([expect.objectContaining({ sid: file.sid, filename: "gato ñ & co.png" })]);
  });

  it("may go under an API key", async () => {
    const { sid, secret } = sim.simulator.account.apiKey;
    expect(await uploadMedia(service(deadlineIn(5_000), [sid, secret]), picture)).toMatchObject({ size: 5000 });
  });

  it.each([
    ["one of Node's", () => Readable.from([PICTURE.subarray(0, 3000), PICTURE.subarray(3000)])],
    ["one of the web", () => new Blob([PICTURE]).stream() as AsyncIterable<Uint8Array>],
  ])("may be a stream, %s", async (_, bytes) => {
    const file = await uploadMedia(service(), { ...picture, bytes: bytes() });
    expect(contentOf(file.sid)).toEqual(PICTURE);
  });

  it("passes through in pieces, however large it is", async () => {
    const held = { now: 0, most: 0 };
    async function* large() {
      for (let i = 0; i < 320; i += 1) {
        held.now += 1;
        held.most = Math.max(held.most, held.now);
        yield Buffer.alloc(64 * 1024, i);
        // Asked for the next, the one before is gone.
        held.now -= 1;
      }
    }
    const file = await uploadMedia(service(), { ...picture, bytes: large(), size: 20 * MB });
    expect(contentOf(file.sid)?.length).toBe(20 * MB);
    expect(held.most).toBe(1);
  });

  it.each([
    ["fewer", 5_001],
    ["more", 4_999],
  ])("is not kept when it has %s bytes than was said", async (_, size) => {
    const failing = uploadMedia(service(), { ...picture, bytes: Readable.from([PICTURE]), size });
    await expect(failing).rejects.toBeInstanceOf(TransferError);
    expect(kept()).toEqual([]);
  });

  it("is not kept when its source fails on the way", async () => {
    async function* broken() {
      yield PICTURE.subarray(0, 100);
      throw new Error("The platform hung up");
    }
    const failing = uploadMedia(service(), { ...picture, bytes: broken() });
    await expect(failing).rejects.toMatchObject({
      code: "transfer_failed",
      cause: { message: "The platform hung up" },
    });
    expect(kept()).toEqual([]);
  });

  it.each([
    [403, TwilioRefusal],
    [503, TwilioUnclear],
  ])("is a failure when Twilio answers %d", async (status, error) => {
    sim.world.faults.add({ operation: "CreateMedia", status });
    await expect(uploadMedia(service(), picture)).rejects.toBeInstanceOf(error);
  });

  it.each(["reset before", "reset after", "malformed"] as const)("is a failure after %s", async (kind) => {
    sim.world.faults.add({ operation: "CreateMedia", kind });
    await expect(uploadMedia(service(), picture)).rejects.toMatchObject({ status: 502 });
  });

  it("is given up at the deadline", async () => {
    sim.world.faults.add({ operation: "CreateMedia", kind: "slow", ms: 400 });
    await expect(uploadMedia(service(deadlineIn(150)), picture)).rejects.toBeInstanceOf(DeadlineError);
  });

  it("is given up at the deadline when its source stalls", async () => {
    async function* stalling() {
      yield PICTURE;
      await new Promise(() => undefined);
    }
    const failing = uploadMedia(service(deadlineIn(150)), { ...picture, bytes: stalling(), size: 10_000 });
    await expect(failing).rejects.toBeInstanceOf(DeadlineError);
  });
});

describe("a file of a Message", () => {
  const upload = async () => (await uploadMedia(service(), picture)).sid;

  it("comes whole, with its name and type", async () => {
    const sid = await upload();
    expect(await downloadMedia(service(), sid, { most: MB })).toEqual({
      ...{ sid, size: PICTURE.length, contentType: "image/png", filename: "gato ñ & co.png" },
      content: PICTURE,
    });
  });

  it("goes from one service's Message to another's without being held", async () => {
    const opened = await openMedia(service(), await upload(), { most: MB });
    const { sid } = await uploadMedia(service(), opened);
    expect(contentOf(sid)).toEqual(PICTURE);
  });

  it("is not asked for when it is larger than wanted", async () => {
    const sid = await upload();
    await expect(downloadMedia(service(), sid, { most: 4_999 })).rejects.toBeInstanceOf(TransferError);
    expect(sim.simulator.log.entries.filter(({ name }) => name.endsWith("FetchMediaDirectly"))).toEqual([]);
  });

  it("is asked for again when Twilio fails to tell of it", async () => {
    const sid = await upload();
    sim.world.faults.add({ operation: "FetchMedia", status: 503 });
    expect((await downloadMedia(service(), sid, { most: MB })).content).toEqual(PICTURE);
  });

  it.each([
    [{ kind: "refused", status: 403 } as const, TwilioRefusal],
    [{ kind: "reset before" } as const, TransferError],
    [{ kind: "malformed" } as const, TransferError],
  ])("is a failure after %j", async (fault, error) => {
    const sid = await upload();
    sim.world.faults.add({ operation: "FetchMediaDirectly", ...fault });
    await expect(downloadMedia(service(), sid, { most: MB })).rejects.toBeInstanceOf(error);
  });

  it("that is unknown is a refusal", async () => {
    const unknown = downloadMedia(service(), `ME${"0".repeat(32)}`, { most: MB });
    await expect(unknown).rejects.toMatchObject({ code: "twilio_refused", twilioStatus: 404 });
  });
});

describe("a Media service that does not behave", () => {
  const MCS = "mcs.us1.twilio.com";
  const FILES = "media.us1.twilio.com";
  const LINK = `https://${FILES}/file?Signature=1`;

  const json = (body: object) => (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const resource = (size = 5_000, link = LINK) =>
    json({ sid: `ME${"1".repeat(32)}`, size, content_type: "image/png", links: { content_direct_temporary: link } });
  const get = (deadline?: Deadline) => downloadMedia(service(deadline), `ME${"1".repeat(32)}`, { most: MB });

  /** Whether the sender was told to stop. */
  function endless(): { answer: RequestListener; stopped: Promise<void> } {
    let stop: () => void;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const answer: RequestListener = (_, response) => {
      const more = () => {
        while (response.write(PICTURE));
      };
      response.writeHead(200).on("drain", more).on("close", stop);
      more();
    };
    return { answer, stopped };
  }

  it("is never followed to another place, and credentials go to it alone", async () => {
    const elsewhere: RequestListener = (_, response) => {
      response.writeHead(302, { location: "https://elsewhere.twilio.com/" }).end();
    };
    await answeredBy({ [MCS]: elsewhere }, async (seen) => {
      await expect(get()).rejects.toBeInstanceOf(TwilioRefusal);
      await expect(uploadMedia(service(), picture)).rejects.toBeInstanceOf(TwilioRefusal);
      expect(new Set(seen.map(({ host }) => host))).toEqual(new Set([MCS]));
    });
    await answeredBy({ [MCS]: resource(), [FILES]: elsewhere }, async (seen) => {
      await expect(get()).rejects.toMatchObject({ twilioStatus: 302 });
      expect(seen.map(({ host, credentials }) => [host, credentials !== undefined])).toEqual([
        [MCS, true],
        [FILES, false],
      ]);
    });
  });

  it.each(["http://media.us1.twilio.com/file", "not a link", "file:///etc/passwd"])(
    "has its link %j not followed",
    (link) =>
      answeredBy({ [MCS]: resource(5_000, link) }, async () => {
        await expect(get()).rejects.toBeInstanceOf(TransferError);
      }),
  );

  it("is told to stop when its file does not end", async () => {
    const { answer, stopped } = endless();
    await answeredBy({ [MCS]: resource(), [FILES]: answer }, async () => {
      await expect(get()).rejects.toBeInstanceOf(TransferError);
      await stopped;
    });
  });

  it("is told to stop when its answer does not end", async () => {
    const { answer, stopped } = endless();
    await answeredBy({ [MCS]: answer }, async () => {
      await expect(uploadMedia(service(), picture)).rejects.toBeInstanceOf(TransferError);
      await stopped;
    });
  });

  it("is given up at the deadline when its file comes by drops", async () => {
    const drops: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write("."), 10);
      response.writeHead(200).on("close", () => clearInterval(timer));
    };
    await answeredBy({ [MCS]: resource(), [FILES]: drops }, async () => {
      await expect(get(deadlineIn(200))).rejects.toBeInstanceOf(DeadlineError);
    });
  });

  it("may refuse a file before all of it is sent", async () => {
    const early: RequestListener = (_, response) => {
      response.writeHead(413, { "content-type": "application/json" }).end('{"code":20413}');
    };
    await answeredBy({ [MCS]: early }, async () => {
      async function* slow() {
        yield PICTURE;
        await new Promise((resolve) => setTimeout(resolve, 50));
        yield PICTURE;
      }
      const failing = uploadMedia(service(), { ...picture, bytes: slow(), size: 10_000 });
      await expect(failing).rejects.toMatchObject({ twilioStatus: 413, twilioCode: 20413 });
    });
  });

  it("is found in the client's region", () =>
    answeredBy({ "mcs.ie1.twilio.com": resource(), [FILES]: (_, response) => response.end(PICTURE) }, async (seen) => {
      const regional = service();
      regional.twilio.region = "ie1";
      expect((await downloadMedia(regional, `ME${"1".repeat(32)}`, { most: MB })).content).toEqual(PICTURE);
      expect(seen.map(({ host }) => host)).toEqual(["mcs.ie1.twilio.com", FILES]);
    }));
});
