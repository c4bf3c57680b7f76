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

export async function isExecutionActive(twilio: TwilioClient, flowSid: string, executionSid: string): Promise<boolean> {
  try {
    return (await twilio.studio.v2.flows(flowSid).executions(executionSid).fetch()).status === "active";
  } catch (error) {
    if (refusalOf(error)?.status === 404) return false;
    throw error;
  }
}
