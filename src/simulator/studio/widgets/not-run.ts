import * as z from "zod/mini";
import { typeOf } from "../validation/schema-errors";
import { keyValues, type WidgetShape, widgetProperties } from "./widget";

const text = z.optional(z.string());
const whole = z.optional(
  z.custom<number>(Number.isInteger, { error: ({ input }) => `${typeOf(input)} found, integer expected` }),
);
const flag = z.optional(z.boolean());

/**
 * Widgets that a definition may hold and that do not run here: https://www.twilio.com/docs/studio/widget-library. Most
 * are for calls; nothing here carries out TwiML, and no virtual agent is there. An Execution that comes to one ends, and
 * says so: any event of theirs would be a guess.
 */
export const notRun: readonly WidgetShape[] = [
  shape("add-twiml-redirect", ["return", "timeout", "fail"], { url: z.string(), method: text, timeout: text }),
  shape("connect-virtual-agent-v2", ["completed", "live-agent-handoff", "hangup", "failed", "paused", "timeout"], {
    channel: z.optional(z.enum(["voice", "conversations"])),
    connector_name: text,
    connector_details: z.optional(z.record(z.string(), z.unknown())),
    configurations: keyValues,
    parameters: keyValues,
    status_callback: text,
    status_callback_method: text,
    timeout: whole,
    session_behavior: text,
    resume_session_identification_method: text,
    resume_session_identification_value: text,
    resume_session_event_name: text,
  }),
  shape("connect-virtual-agent", ["return", "hangup"], {
    connector: z.string(),
    language: text,
    status_callback: text,
  }),
  shape("send-to-auto-pilot", ["sessionEnded", "failure", "timeout"], {
    autopilot_assistant_sid: text,
    from: text,
    body: text,
    chat_channel: text,
    chat_service: text,
    chat_attributes: text,
    target_task: text,
    memory_parameters: keyValues,
    timeout: whole,
  }),
  shape("enqueue-call", ["callComplete", "failedToEnqueue", "callFailure"], {
    workflow_sid: text,
    queue_name: text,
    priority: whole,
    timeout: whole,
    task_attributes: text,
    wait_url: text,
    wait_url_method: text,
  }),
  shape("run-conversation-relay", ["success", "failed"], { url: text, interruptible: text }),
  shape("say-play", ["audioComplete"], { loop: whole }),
  shape("gather-input-on-call", ["keypress", "speech", "timeout"], {
    timeout: whole,
    loop: whole,
    number_of_digits: whole,
    stop_gather: flag,
  }),
  shape("connect-call-to", ["callCompleted", "hangup"], { timeout: whole, record: flag }),
  shape("record-voicemail", ["recordingComplete", "noAudio", "hangup"], { timeout: whole }),
  shape("make-outgoing-call-v2", ["answered", "busy", "noAnswer", "failed"], {
    timeout: whole,
    record: flag,
    detect_answering_machine: flag,
  }),
  shape("make-outgoing-call-v1", undefined, {}),
  shape("record-call", undefined, {}),
  shape("fork-stream", undefined, {}),
  shape("capture-payments", undefined, {}),
];

function shape(type: string, events: readonly string[] | undefined, properties: z.core.$ZodLooseShape): WidgetShape {
  return { type, events, properties: widgetProperties(properties) };
}
