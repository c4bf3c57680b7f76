import { existsSync, readFileSync } from "node:fs";
import { allowedSettings, missingVariables, type Setting } from "../../config/env-file";
import { CommandError } from "../terminal";

/** https://www.twilio.com/docs/serverless/api/resource/variable */
const LONGEST_VALUE_BYTES = 450;

/** Our variables in an environment file; one that is required and missing stops the deployment here. */
export function readSettings(file: string): Setting[] {
  if (!existsSync(file)) throw new CommandError(`There is no ${file}: copy .env.example to it and fill it in.`, 2);
  const settings = allowedSettings(readFileSync(file, "utf8"));
  const problems = [
    ...missingVariables(settings).map(({ name, about }) => `${file}: ${name} is not set. ${about}`),
    ...settings
      .filter(([, value]) => Buffer.byteLength(value) > LONGEST_VALUE_BYTES)
      .map(([name]) => `${file}: ${name} is longer than Twilio takes (${LONGEST_VALUE_BYTES} bytes).`),
  ];
  if (problems.length > 0) throw new CommandError(problems.join("\n"), 2);
  return settings;
}
