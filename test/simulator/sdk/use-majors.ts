import type { Twilio } from "twilio";
import type { useSimulator } from "../use-simulator";

/** Packages of Twilio's SDK, by the names they are installed under. */
export const majors = ["twilio", "twilio-5"] as const;

/**
 * A client of that major. Both have what is asked of them here under the same names; that they are two packages, whose
 * classes have private members, is all that keeps TypeScript from seeing it.
 */
export function clientOf(major: (typeof majors)[number], { simulator }: ReturnType<typeof useSimulator>): Twilio {
  const sdk = require(major) as typeof import("twilio");
  return sdk(simulator.account.sid, simulator.account.authToken);
}

type Template = Parameters<Twilio["content"]["v1"]["contents"]["create"]>[0];

/** The SDK's types say `friendlyName` and `twilioText`; what it sends is what it is given. */
export function textTemplate(body: string): Template {
  const template = { friendly_name: "text", language: "en", types: { "twilio/text": { body } } };
  return JSON.parse(JSON.stringify(template)) as Template;
}
