import "../server/schema-words";
import * as z from "zod/mini";
import { ANY_PLATFORM } from "../platforms/known";

const count = z.optional(z.coerce.number().check(z.int(), z.gte(0), z.maximum(10_000)));
const aim = {
  operation: z
    .string()
    .check(
      z.regex(
        new RegExp(
          `^(\\*|[A-Z][A-Za-z0-9]+|function /\\S+|(${ANY_PLATFORM}) [A-Za-z_]+|widget send-to-flex|webhook (on[A-Z][A-Za-z]+|${ANY_PLATFORM}))$`,
        ),
        "must be an operation such as CreateInteraction, *, function /path, telegram sendMessage, widget send-to-flex, or webhook onMessageAdded",
      ),
    ),
  times: z.optional(z.coerce.number().check(z.int(), z.positive(), z.maximum(10_000))),
  after: count,
};
const code = z.optional(z.coerce.number().check(z.int()));
const status = (from: number) => z.coerce.number().check(z.int(), z.gte(from), z.maximum(599));
const bare = <Kind extends string>(kind: Kind) => z.strictObject({ ...aim, kind: z.literal(kind) });
const NO_PROCESS = "must be a REST operation or a Function: nothing else runs in a process that could crash";
const crash = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    ...aim,
    operation: aim.operation.check(z.refine((operation) => !/^(widget|webhook) /.test(operation), NO_PROCESS)),
    kind: z.literal(kind),
  });
const ms = z.coerce.number().check(z.gte(0), z.maximum(60_000));
const webhook = {
  ...aim,
  operation: aim.operation.check(
    z.refine((operation) => operation.startsWith("webhook "), "must be a webhook: nothing else comes twice or late"),
  ),
};

const fault = z.discriminatedUnion("kind", [
  z.strictObject({ ...aim, kind: z.literal("refused"), status: status(400), code, retryAfter: count }),
  z.strictObject({ ...aim, kind: z.literal("error after"), status: z.optional(status(500)), code }),
  z.strictObject({ ...aim, kind: z.literal("slow"), ms }),
  bare("reset before"),
  bare("reset after"),
  bare("malformed"),
  crash("crash before"),
  crash("crash after"),
  z.strictObject({ ...webhook, kind: z.literal("twice") }),
  z.strictObject({ ...webhook, kind: z.literal("late"), ms }),
]);

/** A fault as the lever takes it; what names no kind is a refusal. */
export const faultOrder = z.pipe(
  z.transform((input: unknown) =>
    typeof input === "object" && input !== null && !("kind" in input) ? { ...input, kind: "refused" } : input,
  ),
  fault,
);
