import type { MessageProperties } from "./message-properties";
import type { WidgetRun } from "./widget";

/** The template a widget names, if it does. Its keys are placeholders such as `{{1}}`, which are no Liquid. */
export function templateOf(run: WidgetRun, { message_type, content_sid, content_variables }: MessageProperties) {
  if (message_type !== "content_template") return undefined;
  const contentSid = run.render(content_sid).trim();
  if (!content_variables?.length) return { contentSid };
  const variables = content_variables.map(({ key, value }) => [key.replace(/[{}\s]/g, ""), run.render(value)]);
  return { contentSid, contentVariables: JSON.stringify(Object.fromEntries(variables)) };
}
