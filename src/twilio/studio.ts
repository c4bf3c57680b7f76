import * as z from "zod/mini";
import { refusalOf, type TwilioClient } from "../runtime/twilio-client";

/** Ends an Execution, so that its Flow does not go on over an agent. One that has ended already is no error. */
export async function endExecution(twilio: TwilioClient, flowSid: string, executionSid: string): Promise<void> {
  try {
    await twilio.studio.v2.flows(flowSid).executions(executionSid).update({ status: "ended" });
  } catch (error) {
    const status = refusalOf(error)?.status;
    if (!status || status >= 500 || status === 429) throw error;
  }
}

export interface KnownExecution {
  isActive: boolean;
  updatedAt: Date;
}

/** Undefined when there is none of these SIDs. */
export async function findExecution(
  twilio: TwilioClient,
  flowSid: string,
  executionSid: string,
): Promise<KnownExecution | undefined> {
  try {
    const { status, dateUpdated } = await twilio.studio.v2.flows(flowSid).executions(executionSid).fetch();
    return { isActive: status === "active", updatedAt: dateUpdated };
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

export async function isExecutionActive(twilio: TwilioClient, flowSid: string, executionSid: string): Promise<boolean> {
  return (await findExecution(twilio, flowSid, executionSid))?.isActive ?? false;
}

/** When an Execution entered its newest Step; undefined before the first. That the newest come first is unverified. */
export async function newestStepAt(
  twilio: TwilioClient,
  flowSid: string,
  executionSid: string,
): Promise<Date | undefined> {
  const steps = await twilio.studio.v2.flows(flowSid).executions(executionSid).steps.list({ limit: 50, pageSize: 50 });
  const times = steps.map(({ dateCreated }) => dateCreated.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/** https://www.twilio.com/docs/studio/widget-library/send-wait-reply */
const DEFAULT_WAIT_SECONDS = 3_600;

const definition = z.object({
  states: z.array(z.object({ type: z.string(), properties: z.optional(z.record(z.string(), z.unknown())) })),
});

/** Seconds that the widgets of a Flow wait for a reply at most; undefined when it cannot be told, as with subflows. */
export async function longestWait(twilio: TwilioClient, flowSid: string): Promise<number | undefined> {
  const parsed = definition.safeParse((await twilio.studio.v2.flows(flowSid).fetch()).definition);
  if (!parsed.success || parsed.data.states.some(({ type }) => type === "run-subflow")) return undefined;
  const waits = parsed.data.states
    .filter(({ type }) => type === "send-and-wait-for-reply")
    .map(({ properties }) => Number(properties?.timeout ?? DEFAULT_WAIT_SECONDS));
  return waits.some(Number.isNaN) ? undefined : Math.max(0, ...waits);
}
