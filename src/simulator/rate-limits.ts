import type { Operation } from "./contract/contract";
import { conversationsNamed, type Store } from "./conversations/store";
import { ApiError } from "./server/api-error";
import type { Params } from "./server/params";
import type { World } from "./world";

/** Twilio's limits on how often it may be asked. */
export interface RateLimits {
  /** Throws 429 when it is too often; what is refused so does not count. */
  admit(operation: Operation, params: Params): void;
}

interface Limit {
  most: number;
  seconds: number;
  code: number;
  /** What shares the limit, when the operation is under it at all. */
  shared(world: World, operation: Operation, params: Params): string | undefined;
}

const EXPRESSION_LISTS = {
  ListTask: "EvaluateTaskAttributes",
  ListWorker: "TargetWorkersExpression",
  ListTaskQueue: "EvaluateWorkerAttributes",
};

const limits: readonly Limit[] = [
  // Per Conversation and per service since https://www.twilio.com/en-us/changelog of 2020-03-31; 50063 for either is unverified.
  {
    ...{ most: 30, seconds: 1, code: 50063 },
    shared: ({ conversations: { store } }, { id, params }) =>
      /^(Create|Update|Delete)(Service)?Conversation(Message|Participant)$|^Update(Service)?Conversation$/.test(id)
        ? sidOf(store, params)
        : undefined,
  },
  {
    ...{ most: 30, seconds: 1, code: 50063 },
    shared: ({ conversations: { store } }, { id, params }) =>
      /^(Create|Delete)(Service)?Conversation$|WithParticipants$|^(Create|Update|Delete)(Service)?(User|Role)$/.test(id)
        ? serviceOf(store, params)
        : undefined,
  },
  // https://www.twilio.com/docs/flex/developer/conversations/limits
  {
    ...{ most: 20, seconds: 1, code: 20429 },
    shared: (_, { id, host, path }) =>
      host === "flex-api.twilio.com" && path.startsWith("/v1/Interactions") ? id : undefined,
  },
  { most: 5, seconds: 1, code: 45719, shared: (_, { path }) => (path === "/v2/WebChats" ? path : undefined) },
  // 20 a second for each object, in a window of ten: https://www.twilio.com/docs/sync/limits
  {
    ...{ most: 200, seconds: 10, code: 54009 },
    shared: (_, { id, params: { ServiceSid, Sid } }) =>
      /^(Update|Delete)Document$/.test(id) ? `${ServiceSid}/${Sid}` : undefined,
  },
  {
    ...{ most: 200, seconds: 10, code: 54009 },
    shared: (_, { id, params: { ServiceSid, Sid } }) => (id === "FetchDocument" ? `${ServiceSid}/${Sid}` : undefined),
  },
  {
    ...{ most: 200, seconds: 10, code: 54009 },
    shared: (_, { id, params: { ServiceSid } }) => (id === "CreateDocument" ? ServiceSid : undefined),
  },
  // https://www.twilio.com/en-us/changelog/taskrouter-endpoint-rate-limit-correction
  ...Object.entries(EXPRESSION_LISTS).map(
    ([list, expression]): Limit => ({
      ...{ most: 3, seconds: 1, code: 20429 },
      shared: (_, { id, params: { WorkspaceSid } }, form) =>
        id === list && form.has(expression) ? WorkspaceSid : undefined,
    }),
  ),
  // https://www.twilio.com/docs/studio/user-guide/studio-faq
  { most: 20, seconds: 1, code: 20429, shared: (_, { id }) => (id === "CreateExecution" ? id : undefined) },
];

/** That Twilio looks at the last second, not at each by the clock, is unverified; the latter would let more pass. */
export function createRateLimits(world: World): RateLimits {
  const admitted = world.memory.keep(
    "rate limits",
    limits.map(() => new Map<string, number[]>()),
  );
  return {
    admit(operation, params) {
      // No open fact, so none that a run rests on.
      if (!world.positions.rateLimits) return;
      const now = world.clock.ms();
      const uses = limits.flatMap(({ most, seconds, code, shared }, index) => {
        const key = shared(world, operation, params);
        if (key === undefined) return [];
        const recent = (admitted[index]?.get(key) ?? []).filter((time) => time > now - seconds * 1000);
        // Twilio documents no Retry-After for these.
        if (recent.length >= most) throw new ApiError(429, code, "Too Many Requests");
        return [() => admitted[index]?.set(key, [...recent, now])];
      });
      for (const use of uses) use();
    },
  };
}

type PathParams = Operation["params"];

function sidOf(store: Store, params: PathParams): string {
  const sidOrName = params.ConversationSid ?? String(params.Sid);
  return conversationsNamed(store, serviceOf(store, params), sidOrName)[0]?.sid ?? sidOrName;
}

const serviceOf = ({ defaults }: Store, { ChatServiceSid }: PathParams): string =>
  ChatServiceSid ?? defaults.chatServiceSid;
