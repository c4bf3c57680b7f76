import { Twilio } from "twilio";
import { carryFiles } from "../../src/conversation/carry-files";
import { deadlineIn } from "../../src/runtime/deadline";
import { createLogger } from "../../src/runtime/log";
import { withinDeadline } from "../../src/runtime/twilio-client";
import type { MessageFile } from "../../src/twilio/media";
import { useSimulator } from "../simulator/use-simulator";
import { everyByte } from "../support/carried-files";

const sim = useSimulator();

function desk(ms: number, printed: string[] = []) {
  const { sid, authToken } = sim.simulator.account;
  const deadline = deadlineIn(ms);
  const twilio = withinDeadline(new Twilio(sid, authToken), deadline);
  const env = { FLEX_WORKSPACE_SID: "", FLEX_WORKFLOW_SID: "", FLEX_TASK_CHANNEL: "" };
  const log = createLogger({}, (line) => printed.push(line));
  return { twilio, deadline, env, variables: {}, log, now: () => new Date(), urlOf: (path: string) => path };
}

/** A Conversation, and files of these sizes that its Messages show. */
async function withFiles(...sizes: number[]): Promise<{ conversationSid: string; files: MessageFile[] }> {
  const { sid: conversationSid, chatServiceSid: serviceSid } = await sim.conversations.conversations.create({});
  const kept = { serviceSid, contentType: "image/jpeg", filename: "lamp.jpg" };
  const files = sizes.map((size) => sim.world.media.add({ ...kept, content: everyByte(size) }));
  return { conversationSid, files: files.map((row) => ({ ...row, filename: "lamp.jpg" })) };
}

it("carries the small ones first, and leaves those for which no time is left", async () => {
  const { conversationSid, files } = await withFiles(900_000, 10, 100_000);
  sim.world.faults.add({ operation: "CreateMedia", kind: "slow", ms: 1_200, after: 2 });
  const printed: string[] = [];
  const carried = await carryFiles(desk(3_600, printed), conversationSid, files);
  expect([...carried.keys()]).toEqual([files[1]?.sid, files[2]?.sid]);
  expect(printed).toEqual([expect.stringContaining('"code":"deadline"')]);
});

it("tries nothing when the time is needed for what follows", async () => {
  const { conversationSid, files } = await withFiles(10);
  expect((await carryFiles(desk(2_900), conversationSid, files)).size).toBe(0);
  expect(sim.world.media.media.size).toBe(1);
});

it("costs nothing without files", async () => {
  expect((await carryFiles(desk(8_000), "CH", [])).size).toBe(0);
  expect(sim.simulator.log.entries.filter(({ kind }) => kind === "rest")).toEqual([]);
});
