import type { Context, ServerlessCallback, ServerlessEventObject } from "@twilio-labs/serverless-runtime-types/types";
import type { z } from "zod/mini";
import type { Authenticate } from "./authenticate";
import { corsHeaders, type Pages } from "./cors";
import { type Deadline, deadlineIn } from "./deadline";
import { baseEnv, publicUrl, readEnv, type Variables } from "./env";
import { AppError } from "./errors";
import { createLogger, type Logger, newRequestId } from "./log";
import { errorReply, type Reply, toTwilioResponse } from "./reply";
import { readInput, readRequest } from "./request";
import { type TwilioClient, twilioError, withinDeadline } from "./twilio-client";

/** What a Function declares. None of it can be left out: without `caller` it does not compile. */
export interface FunctionDefinition<Env extends z.ZodMiniObject, Input extends z.ZodMiniObject, Who> {
  /** The authentication step, before anything else is looked at. */
  caller: Authenticate<Who>;
  /** Variables beside those every Function has. */
  env: Env;
  /** Fields, with their bounds. Fields not named here are dropped. */
  input: Input;
  /** Milliseconds for all its work. Twilio ends a Function at 10 s: https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow */
  within: number;
  /** Answered whatever fails, to a caller who would take an error for an order. The log tells what it was. */
  onFailure?: Reply;
  /** Pages that call it: those of the origins on their list may read the answer. That is CORS and no authentication. */
  browser?: Pages;
  run(input: z.output<Input>, services: Services<z.output<Env>, Who>): Promise<Record<string, unknown> | Reply>;
}

/** What a Function works with. */
export interface Services<Env = unknown, Who = unknown> {
  env: Env;
  /** All variables of the service, for a part of it that reads its own. */
  variables: Variables;
  who: Who;
  twilio: TwilioClient;
  deadline: Deadline;
  log: Logger;
  now(): Date;
  /** The public URL of one of our Functions, by its path. */
  urlOf(path: string): string;
}

type RuntimeContext = Context<Variables & { PATH?: string }>;
type Handler = (context: RuntimeContext, event: ServerlessEventObject, callback: ServerlessCallback) => Promise<void>;

/**
 * Makes a Twilio Function of a definition: reads the variables, authenticates, reads the input, runs, and maps whatever
 * happened to one JSON reply. It always replies itself, so the runtime never gets to show a stack.
 */
export function defineFunction<Env extends z.ZodMiniObject, Input extends z.ZodMiniObject, Who>(
  definition: FunctionDefinition<Env, Input, Who>,
): Handler {
  return async (context, event, callback) => {
    const path = String(context.PATH ?? "");
    const requestId = newRequestId();
    const log = createLogger({ function: path.replace(/^\//, ""), requestId });
    const startedAt = performance.now();
    const reply = await answer(definition, { context, event, path, log }).catch((error: unknown) => {
      logFailure(log, error);
      return definition.onFailure ?? errorReply(error, requestId);
    });
    log.info("replied", { status: reply.status, ms: Math.round(performance.now() - startedAt) });
    const { browser } = definition;
    callback(null, toTwilioResponse(reply, browser ? corsHeaders(browser, context, event) : {}));
  };
}

interface Incoming {
  context: RuntimeContext;
  event: ServerlessEventObject;
  path: string;
  log: Logger;
}

async function answer<Env extends z.ZodMiniObject, Input extends z.ZodMiniObject, Who>(
  { caller, env: schema, input, within, run }: FunctionDefinition<Env, Input, Who>,
  { context, event, path, log }: Incoming,
): Promise<Reply> {
  const request = readRequest(event as Record<string, unknown>);
  const env = readEnv(baseEnv, context);
  const deadline = deadlineIn(within);
  let client: TwilioClient | undefined;
  // Loading the SDK costs some 100 ms: only Functions that call Twilio pay it.
  const twilio = () => {
    client ??= withinDeadline(context.getTwilioClient(), deadline);
    return client;
  };
  try {
    const who = await caller({ request, env, variables: context, path, twilio });
    const services = {
      env: readEnv(schema, context),
      variables: context,
      who,
      deadline,
      log,
      now: () => new Date(),
      urlOf: (of: string) => publicUrl(env, of),
      get twilio() {
        return twilio();
      },
    };
    const result = await run(readInput(input, request.fields), services);
    return isReply(result) ? result : { status: 200, body: result };
  } catch (error) {
    throw twilioError(error);
  }
}

function isReply(result: Record<string, unknown> | Reply): result is Reply {
  return typeof result.status === "number" && typeof result.body === "object";
}

function logFailure(log: Logger, error: unknown): void {
  const cause = error instanceof AppError && error.cause instanceof AppError ? error.cause : error;
  const fields = {
    code: error instanceof AppError ? error.code : "internal",
    ...(error instanceof AppError ? { field: error.field, status: error.status } : {}),
    ...(error instanceof Error ? { kind: error.name } : {}),
    ...("twilioCode" in Object(cause) ? { twilioCode: Number(Object(cause).twilioCode) } : {}),
    ...("twilioStatus" in Object(cause) ? { twilioStatus: Number(Object(cause).twilioStatus) } : {}),
  };
  const refused = error instanceof AppError && error.status < 500;
  (refused ? log.warn : log.error)(refused ? "refused" : "failed", fields);
}
