import * as z from "zod/mini";
import { viber } from "../../../src/channels/viber/viber";
import { defineFunction } from "../../../src/runtime/define-function";

/** Whom the Function took its callers for, newest last. */
export const seen: unknown[] = [];

export const handler = defineFunction({
  caller: viber.caller,
  env: z.object({}),
  input: z.object({}),
  within: 8000,
  run(_, { who }) {
    seen.push(who);
    return Promise.resolve({});
  },
});
