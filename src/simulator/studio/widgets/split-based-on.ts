import { z } from "zod";
import { holds } from "../conditions";
import type { Transition } from "../definition";
import { defineWidget, type WidgetRun, widgetProperties } from "./widget";

/** https://www.twilio.com/docs/studio/widget-library/split-based-on */
export const splitBasedOn = defineWidget({
  type: "split-based-on",
  events: ["noMatch", "match"],
  properties: widgetProperties({ input: z.string() }),
  enter(run) {
    const matches = run.state.transitions.filter(({ event }) => event === "match");
    // Unverified: that the first match wins. Exports list `noMatch` first, so it cannot go by place.
    const transition = matches.find((match) => isMet(run, match));
    if (transition) return { event: "match", transition };
    if (!run.state.transitions.some(({ event, next }) => event === "noMatch" && next)) {
      run.warn(81005, "the split matched nothing and has nowhere to go");
    }
    return { event: "noMatch" };
  },
});

/**
 * The condition's own argument is what is tested, even where it differs from `input`. Unverified: several conditions in
 * one transition must all hold, and only the first argument counts; every known export has one of each.
 */
function isMet(run: WidgetRun, { conditions }: Transition): boolean {
  if (!conditions?.length) return false;
  return conditions.every(({ type, arguments: [argument], value }) =>
    holds(type, run.render(argument), run.render(value)),
  );
}
