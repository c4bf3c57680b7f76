import { makeHttpRequest } from "./make-http-request";
import { runFunction } from "./run-function";
import { sendAndWaitForReply } from "./send-and-wait-for-reply";
import { sendMessage } from "./send-message";
import { sendToFlex } from "./send-to-flex";
import { setVariables } from "./set-variables";
import { splitBasedOn } from "./split-based-on";
import { trigger } from "./trigger";
import type { Widget } from "./widget";

const runnable = [
  trigger,
  sendMessage,
  sendAndWaitForReply,
  splitBasedOn,
  setVariables,
  runFunction,
  makeHttpRequest,
  sendToFlex,
];

/** The widgets that run here, by type. */
export const widgets: ReadonlyMap<string, Widget> = new Map(runnable.map((widget) => [widget.type, widget]));

/** Events of widgets that a definition may hold but that do not run here: https://www.twilio.com/docs/studio/widget-library */
const otherEvents: Record<string, readonly string[]> = {
  "run-subflow": ["completed", "failed"],
  "start-conversation": ["created", "failed"],
  "resume-conversation": ["resumed", "failed"],
  "connect-virtual-agent": ["return", "hangup"],
  "connect-virtual-agent-v2": ["completed", "live-agent-handoff", "hangup", "failed", "paused", "timeout"],
  "send-to-auto-pilot": ["sessionEnded", "failure", "timeout"],
  "add-twiml-redirect": ["return", "timeout", "fail"],
  "enqueue-call": ["callComplete", "failedToEnqueue", "callFailure"],
  "run-conversation-relay": ["success", "failed"],
  "say-play": ["audioComplete"],
  "gather-input-on-call": ["keypress", "speech", "timeout"],
  "connect-call-to": ["callCompleted", "hangup"],
  "record-voicemail": ["recordingComplete", "noAudio", "hangup"],
  "make-outgoing-call-v2": ["answered", "busy", "noAnswer", "failed"],
};

/** Their events are not known here, so any is taken. */
const eventsUnknown = ["record-call", "fork-stream", "capture-payments", "make-outgoing-call-v1"];

export const widgetTypes = [...widgets.keys(), ...Object.keys(otherEvents), ...eventsUnknown];

/** The events a widget's transitions may name; undefined when any may. */
export function eventsOf(type: string): readonly string[] | undefined {
  return widgets.get(type)?.events ?? otherEvents[type];
}
