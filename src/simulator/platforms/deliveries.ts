import { suffer } from "../faults/suffer";
import type { WebhookAnswer } from "../webhooks/send-webhook";
import type { World } from "../world";

/** What waits to be brought to the bot's webhook, byte for byte. */
export interface DeliveryRow {
  id: string;
  /** What kind of event it is, for the log. */
  event: string;
  body: string;
  /** Whose event it is, on the platform. */
  user: string;
  /** Failed ones. */
  attempts: number;
  at: Date;
}

/** How a platform brings its events. */
export interface Courier {
  platform: string;
  /** Undefined while nobody listens; then it waits. */
  target(row: DeliveryRow): { url: string; headers: Record<string, string> } | undefined;
  /** How many at once. */
  most(): number;
  accepts(answer: WebhookAnswer): boolean;
  accepted?(row: DeliveryRow, answer: WebhookAnswer): void | Promise<void>;
  refused?(row: DeliveryRow, answer: WebhookAnswer): void;
  /** Seconds until the next attempt; undefined gives up. */
  pause(row: DeliveryRow): number | undefined;
  timeoutMs: number;
}

/** Events on their way to the bot's webhook: sent at once and side by side, and again later when it does not take them. */
export interface Deliveries {
  readonly waiting: ReadonlyMap<string, DeliveryRow>;
  add(event: Omit<DeliveryRow, "attempts" | "at">): void;
  /** Brings now whatever waits. */
  flush(): void;
  clear(): void;
}

const NO_ANSWER: WebhookAnswer = { status: 0, headers: {}, body: "", failure: "refused" };

export function createDeliveries(world: World, courier: Courier): Deliveries {
  const { platform } = courier;
  const waiting = world.memory.keep(`${platform} deliveries`, new Map<string, DeliveryRow>());
  const again = world.alarms.bell(`${platform} delivery`, bring);
  const underWay = new Set<string>();
  const queue: string[] = [];

  async function bring(id: string): Promise<void> {
    if (underWay.has(id)) return;
    if (underWay.size >= courier.most()) return void queue.push(id);
    underWay.add(id);
    try {
      await attempt(id);
    } finally {
      underWay.delete(id);
      const next = queue.shift();
      if (next) soon(next);
    }
  }

  async function attempt(id: string): Promise<void> {
    const row = waiting.get(id);
    const target = row && courier.target(row);
    if (!row || !target) return;
    const answer = await call(row, target);
    if (courier.accepts(answer)) {
      waiting.delete(id);
      await courier.accepted?.(row, answer);
      return;
    }
    row.attempts += 1;
    courier.refused?.(row, answer);
    const pause = courier.pause(row);
    if (pause !== undefined) return again.set(id, world.clock.ms() + pause * 1000);
    waiting.delete(id);
    world.log.add({ kind: "warning", name: `${platform} gives up on a ${row.event}`, data: { status: answer.status } });
  }

  function call({ event, body }: DeliveryRow, { url, headers }: { url: string; headers: Record<string, string> }) {
    const content = { type: "application/json", text: body };
    const deed = () =>
      world.sendWebhook({
        name: `${platform} ${event}`,
        ...{ url, headers, content, params: {}, timeoutMs: courier.timeoutMs },
      });
    return suffer<WebhookAnswer>(world.faults.meet(`webhook ${platform}`), deed, {
      refusal: ({ status, message }, retry) => ({ status, headers: retry, body: message }),
      reset: () => NO_ANSWER,
      malformed: (answer) => ({ ...answer, body: answer.body.slice(0, answer.body.length / 2) }),
      crash: () => NO_ANSWER,
    });
  }

  const soon = (id: string) => world.work.later(() => bring(id));

  return {
    waiting,
    add(event) {
      waiting.set(event.id, { ...event, attempts: 0, at: world.clock.now() });
      soon(event.id);
    },
    flush() {
      for (const id of waiting.keys()) {
        again.cancel(id);
        soon(id);
      }
    },
    clear() {
      for (const id of waiting.keys()) again.cancel(id);
      waiting.clear();
    },
  };
}
