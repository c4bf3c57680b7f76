import * as z from "zod/mini";
import { holds } from "../conditions";
import type { Condition, Transition } from "../definition";
import { STUDIO_TIME_ZONE } from "../liquid";
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
 * The condition's own argument is what is tested, even where it differs from `input`. Unverified: that only the first
 * argument counts; every known export has one.
 */
function isMet(run: WidgetRun, { conditions }: Transition): boolean {
  if (!conditions?.length) return false;
  const isHeld = ({ type, arguments: [argument], value }: Condition) =>
    holds(type, run.render(argument), run.render(value), () => timeZoneOf(run));
  if (conditions.length > 1 && run.world.switches.studioConditionsOfTransition === "any")
    return conditions.some(isHeld);
  return conditions.every(isHeld);
}

const timeZoneOf = ({ world }: WidgetRun) =>
  world.switches.studioSplitTimeZone === "pacific" ? STUDIO_TIME_ZONE : "UTC";
