import { makeHttpRequest } from "./make-http-request";
import { notRun } from "./not-run";
import { resumeConversation } from "./resume-conversation";
import { runFunction } from "./run-function";
import { runSubflow } from "./run-subflow";
import { sendAndWaitForReply } from "./send-and-wait-for-reply";
import { sendMessage } from "./send-message";
import { sendToFlex } from "./send-to-flex";
import { setVariables } from "./set-variables";
import { splitBasedOn } from "./split-based-on";
import { startConversation } from "./start-conversation";
import { trigger } from "./trigger";
import type { Widget, WidgetShape } from "./widget";

const runnable = [
  trigger,
  sendMessage,
  sendAndWaitForReply,
  splitBasedOn,
  setVariables,
  runFunction,
  makeHttpRequest,
  runSubflow,
  sendToFlex,
  startConversation,
  resumeConversation,
];

/** The widgets that run here, by type. */
export const widgets: ReadonlyMap<string, Widget> = new Map(runnable.map((widget) => [widget.type, widget]));

const shapes = new Map([...runnable, ...notRun].map((shape) => [shape.type, shape]));

/** Every type that a definition may hold. */
export const widgetTypes: readonly string[] = [...shapes.keys()];

export function shapeOf(type: string): WidgetShape | undefined {
  return shapes.get(type);
}
