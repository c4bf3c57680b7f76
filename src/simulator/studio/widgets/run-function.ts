import * as z from "zod/mini";
import { callOut } from "./call-out";
import { defineWidget, keyValues, widgetProperties } from "./widget";

const CONCURRENCY = "x-twilio-function-concurrency";

/** https://www.twilio.com/docs/studio/widget-library/run-function */
export const runFunction = defineWidget({
  type: "run-function",
  events: ["success", "fail"],
  properties: widgetProperties({
    url: z.string(),
    parameters: keyValues,
    service_sid: z.nullish(z.string()),
    environment_sid: z.nullish(z.string()),
    function_sid: z.nullish(z.string()),
    timeout: z.nullish(z.number()),
  }),
  async enter(run, { url: template, parameters = [] }) {
    const url = run.render(template).trim();
    if (!URL.canParse(url)) {
      run.warn(81010, "the Function's URL is not a URL");
      return { event: "fail" };
    }
    const params = Object.fromEntries(parameters.map(({ key, value }) => [key, run.render(value)]));
    const { outputs, headers, failure } = await callOut(run, { name: "Studio run-function", url, params });
    const count = headers[CONCURRENCY];
    const all = count === undefined ? outputs : { ...outputs, headers: { [CONCURRENCY]: count } };
    if (!failure) return { event: "success", outputs: all };
    run.warn(failure.unreachable ? 81010 : 81017, `Function failed: ${failure.reason}`);
    return { event: "fail", outputs: all };
  },
});
