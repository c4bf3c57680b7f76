import { z } from "zod";
import { isJsonObject, type JsonObject } from "../json";
import { ANSWER_TIMEOUT_MS, answerOutputs, isSuccess, objectIn, unreadable } from "./http-answer";
import { defineWidget, keyValues, type WidgetRun, widgetProperties } from "./widget";

const CONCURRENCY = "x-twilio-function-concurrency";

/**
 * https://www.twilio.com/docs/studio/widget-library/run-function
 * A redirect counts as success but is not followed here.
 */
export const runFunction = defineWidget({
  type: "run-function",
  events: ["success", "fail"],
  properties: widgetProperties({
    url: z.string(),
    parameters: keyValues,
    service_sid: z.string().nullish(),
    environment_sid: z.string().nullish(),
    function_sid: z.string().nullish(),
    timeout: z.number().nullish(),
  }),
  async enter(run, { url, parameters = [] }) {
    const target = run.render(url).trim();
    const earlier = earlierParsed(run);
    if (!URL.canParse(target)) {
      run.warn(81010, "the Function's URL is not a URL");
      return { event: "fail", outputs: earlier };
    }
    const { conversationSid, sid: executionSid } = run.execution;
    const answer = await run.world.sendWebhook({
      name: "Studio run-function",
      url: target,
      params: Object.fromEntries(parameters.map(({ key, value }) => [key, run.render(value)])),
      timeoutMs: ANSWER_TIMEOUT_MS,
      about: { executionSid, ...(conversationSid ? { conversationSid } : {}) },
    });
    const reason = unreadable(answer);
    if (reason) {
      run.warn(answer.failure === "refused" ? 81010 : 81017, `Function failed: ${reason}`);
      return { event: "fail", outputs: earlier };
    }
    const outputs: JsonObject = {
      ...answerOutputs(answer),
      ...merged(earlier, objectIn(answer)),
      ...concurrency(answer),
    };
    if (isSuccess(answer.status)) return { event: "success", outputs };
    run.warn(81017, `Function answered ${answer.status}`);
    return { event: "fail", outputs };
  },
});

/** A run adds its object to what earlier runs of the same widget left; an answer without one leaves it as it was. */
function merged(earlier: JsonObject, answered: JsonObject | undefined): JsonObject {
  if (!answered) return earlier;
  return { parsed: { ...(isJsonObject(earlier.parsed) ? earlier.parsed : {}), ...answered } };
}

function earlierParsed({ execution, state }: WidgetRun): JsonObject {
  const parsed = execution.context.widgets[state.name]?.parsed;
  return parsed === undefined ? {} : { parsed };
}

function concurrency({ headers }: { headers: Record<string, string> }): JsonObject {
  const count = headers[CONCURRENCY];
  return count === undefined ? {} : { headers: { [CONCURRENCY]: count } };
}
