import { isJsonObject } from "../../../simulator/studio/json";
import { shapeOf } from "../../../simulator/studio/widgets/registry";
import { textOf } from "./read-states";
import type { Rule } from "./rule";

/** Events by which the customer is lost when nothing follows. `callFailure` is of calls. */
const FAILURES = ["fail", "failed", "failure", "failedToEnqueue", "timeout", "deliveryFailure"];

/** A widget that ends the Flow either way loses nobody; one that hands over to an agent does. */
export const deadFailure: Rule = {
  id: "dead-failure",
  severity: "warning",
  about: "a failure or a time-out that leads nowhere, while success goes on or makes a Task",
  remedy: "Lead it on, at least to Send to Flex: else the customer meets silence.",
  check: ({ states, reachable }) =>
    states
      .filter(({ name, type, transitions }) => {
        const goesOn = transitions.some(({ event, next }) => next && !FAILURES.includes(event));
        return reachable.has(name) && (goesOn || type === "send-to-flex");
      })
      .flatMap(({ name, path, type, transitions }) => {
        const events = (shapeOf(type)?.events ?? []).filter((event) => FAILURES.includes(event));
        return events.flatMap((event) => {
          const transition = transitions.find((one) => one.event === event);
          if (transition?.next) return [];
          return [{ path: transition?.path ?? `${path}/transitions`, message: `${event} of ${name} leads nowhere` }];
        });
      }),
};

/** https://www.twilio.com/docs/studio/widget-library/send-wait-reply */
const LONGEST_WAIT = 14_400;

export const longWait: Rule = {
  id: "long-wait",
  severity: "warning",
  about: "a wait for a reply of more than four hours",
  remedy: `Wait ${LONGEST_WAIT} seconds at most: who waits is in no other Flow meanwhile.`,
  check: ({ states }) =>
    states
      .filter(({ type, properties }) => type === "send-and-wait-for-reply" && Number(properties.timeout) > LONGEST_WAIT)
      .map(({ path, properties }) => ({
        path: `${path}/properties/timeout`,
        message: `waits ${textOf(properties.timeout)} seconds`,
      })),
};

/** https://www.twilio.com/docs/studio/widget-library/send-flex */
export const afterTask: Rule = {
  id: "after-task",
  severity: "warning",
  about: "something after callComplete of Send to Flex, which happens before any agent answers",
  remedy: "Leave `next` of callComplete out; what is to be said when the agent is done belongs elsewhere.",
  check: ({ states }) =>
    states
      .filter(({ type }) => type === "send-to-flex")
      .flatMap(({ transitions }) => transitions.filter(({ event, next }) => event === "callComplete" && next))
      .map(({ path, next }) => ({ path: `${path}/next`, message: `${next} runs while the Task still waits` })),
};

/** https://www.twilio.com/docs/studio/widget-library/split-based-on */
export const severalConditions: Rule = {
  id: "several-conditions",
  severity: "warning",
  about: "several conditions on one transition: whether all must hold is not documented",
  remedy: "Give each condition a transition, or a split, of its own.",
  check: ({ states }) =>
    states
      .flatMap(({ transitions }) => transitions)
      .filter(({ conditions }) => conditions.length > 1)
      .map(({ path, conditions }) => ({ path: `${path}/conditions`, message: `has ${conditions.length} conditions` })),
};

/** https://www.twilio.com/docs/studio/widget-library lists them no more, or says so. */
const RETIRED: Record<string, string> = {
  "send-to-auto-pilot": "Autopilot is no more",
  "connect-virtual-agent": "connect-virtual-agent-v2 has taken its place",
};

export const retiredWidget: Rule = {
  id: "retired-widget",
  severity: "warning",
  about: "a widget whose product Twilio has retired",
  remedy: "Replace it, such as by connect-virtual-agent-v2 or a Function.",
  check: ({ states }) =>
    states.flatMap(({ path, type }) => {
      const why = Object.hasOwn(RETIRED, type) ? RETIRED[type] : undefined;
      return why ? [{ path: `${path}/type`, message: `${type}: ${why}` }] : [];
    }),
};

/** https://www.twilio.com/docs/api/errors/81014 */
export const methodParameter: Rule = {
  id: "method-parameter",
  severity: "warning",
  about: "a parameter called `method`, with which Make HTTP Request does not run (81014)",
  remedy: "Give the parameter another name.",
  check: ({ states }) =>
    states
      .filter(({ type }) => type === "make-http-request")
      .flatMap(({ path, properties: { parameters } }) => {
        const index = Array.isArray(parameters)
          ? parameters.findIndex((one) => isJsonObject(one) && one.key === "method")
          : -1;
        const message = "the request has a parameter called method";
        return index < 0 ? [] : [{ path: `${path}/properties/parameters/${index}/key`, message }];
      }),
};
