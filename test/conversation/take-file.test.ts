import { Twilio } from "twilio";
import type { OpenedFile } from "../../src/channels/adapter";
import { takeFile } from "../../src/conversation/custom/take-file";
import type { Desk } from "../../src/conversation/desk";
import { deadlineIn } from "../../src/runtime/deadline";
import { createLogger } from "../../src/runtime/log";
import { withinDeadline } from "../../src/runtime/twilio-client";
import { useSimulator } from "../simulator/use-simulator";

const MB = 1024 * 1024;
const sim = useSimulator();
const lines: string[] = [];

function desk(ms = 8_000): Desk {
  const { sid, authToken } = sim.simulator.account;
  const deadline = deadlineIn(ms);
  return {
    ...{ twilio: withinDeadline(new Twilio(sid, authToken), deadline), deadline, variables: {} },
    ...{ log: createLogger({}, (line) => lines.push(line)), now: () => new Date(), urlOf: String },
    env: { FLEX_WORKSPACE_SID: "", FLEX_WORKFLOW_SID: "", FLEX_TASK_CHANNEL: "chat" },
  };
}

/** A platform that hands out megabytes, as many as anybody reads; tells how many. */
function platform(most: number, size?: number) {
  const told = { megabytes: 0 };
  async function* content() {
    while (told.megabytes < most) {
      told.megabytes += 1;
      yield Buffer.alloc(MB, 7);
    }
  }
  const opened = (): OpenedFile => ({
    content: ReadableStream.from(content()),
    ...(size === undefined ? {} : { size }),
  });
  const connect = () => ({ send: async () => "", openFile: async () => opened() });
  return { told, connect };
}

const taken = (connect: ReturnType<typeof platform>["connect"], size?: number) =>
  takeFile(desk(), connect, {
    ...{ channel: "viber", serviceSid: sim.simulator.account.chatServiceSid },
    file: { reference: "x", filename: "a.bin", ...(size === undefined ? {} : { size }) },
  });

it("holds no more of a file without a size than a Function has room for", async () => {
  const { told, connect } = platform(Number.POSITIVE_INFINITY);
  expect(await taken(connect)).toEqual({ ok: false, words: "The file is too large to be passed on." });
  expect(told.megabytes).toBeLessThan(40);
});

it("keeps one without a size that is small enough, whole", async () => {
  expect(await taken(platform(3).connect)).toMatchObject({ ok: true, file: { size: 3 * MB } });
});

it.each([
  ["fewer", 2, 3 * MB],
  ["more", 4, 3 * MB],
])("keeps none that has %s bytes than it says", async (_, megabytes, size) => {
  expect(await taken(platform(megabytes, size).connect)).toEqual({ ok: false, words: "The file could not be kept." });
});

it("never takes the sender's own word for a size over the platform's", async () => {
  expect(await taken(platform(3, 3 * MB).connect, 7)).toMatchObject({ ok: true, file: { size: 3 * MB } });
});
