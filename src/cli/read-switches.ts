import { InvalidArgumentError } from "commander";
import { readings, type Switches, type SwitchName } from "../simulator/switches";

/** Usage of the option that sets a switch of the simulator; it may be given several times. */
export const SWITCH_OPTION = [
  "--switch <name=reading>",
  "read an open fact of Twilio's another way (docs/simulator.md)",
] as const;

/** Collects `name=reading`; a name or a reading that is none is refused with those there are. */
export function readSwitch(text: string, before: Partial<Switches> = {}): Partial<Switches> {
  const [name = "", value = ""] = text.split("=");
  if (!isSwitch(name))
    throw new InvalidArgumentError(`there is no switch "${name}". There is: ${Object.keys(readings).join(", ")}.`);
  const reading = readings[name].find((one) => String(one) === value);
  if (reading === undefined) throw new InvalidArgumentError(`${name} reads ${readings[name].join(" or ")}.`);
  return { ...before, [name]: reading };
}

function isSwitch(name: string): name is SwitchName {
  return Object.hasOwn(readings, name);
}
