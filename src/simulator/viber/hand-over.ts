import type { PhoneMedia } from "../phone/phones";
import { fetchFile } from "../platforms/fetch-file";
import type { World } from "../world";
import type { Customers } from "./customers";
import type { Events } from "./events";
import { identityOf } from "./identity";
import type { LinkedFile, SentRow } from "./rows";

/** What the bot sent, on its way to the user's devices. */
export interface HandOver {
  add(row: Omit<SentRow, "state">): void;
  /** Shows what waited for a device, in its order. */
  resume(user: string): void;
  /** The user looks at all they got; answers how many were new. */
  see(user: string): number;
}

export function createHandOver(world: World, customers: Customers, events: Events): HandOver {
  const sent = world.memory.keep("viber messages", new Map<string, SentRow>());
  const of = (user: string) => [...sent.values()].filter((row) => row.user === user);

  /** Viber answers before any device has looked; what one refuses is told later: https://developers.viber.com/docs/faq/ */
  async function show(row: SentRow): Promise<void> {
    const customer = customers.of(row.user);
    const { status } = world.phones.outcomeFor(identityOf(row.user));
    if (!customer.deviceOn || status === "sent" || row.state !== "sent") return;
    const media = row.file ? await read(row.file) : undefined;
    const fails = status === "failed" || status === "undelivered" ? "it could not be delivered" : undefined;
    const why = customer.failNext ?? fails ?? (typeof media === "string" ? media : undefined);
    customer.failNext = null;
    if (why !== undefined) return end(row, "failed", { desc: why });
    const { token: platformId, sender, body } = row;
    const files = typeof media === "object" ? { media: [media] } : {};
    world.phones.receive({ customer: identityOf(row.user), sender, body, platformId, ...files });
    end(row, "delivered");
    if (status === "read") end(row, "seen");
  }

  /** Or why it cannot be had; that it is fetched when it is shown, and how Viber words this, is unverified. */
  async function read({ url, filename, most, types }: LinkedFile): Promise<PhoneMedia | string> {
    const file = await fetchFile(world, "viber", url);
    if (!file) return "failed to download the media";
    if (file.content.length > most) return "the media is too large";
    if (types && !types.includes(file.contentType)) return `the media is ${file.contentType}`;
    const { contentType } = file;
    return { contentType, filename: filename ?? file.filename, ...world.media.files.keep(file.content) };
  }

  function end(row: SentRow, state: "delivered" | "seen" | "failed", more: { desc?: string } = {}) {
    row.state = state;
    events.add(state, row.user, { user_id: row.user, ...more }, row.token);
  }

  return {
    add(given) {
      const row: SentRow = { ...given, state: "sent" };
      sent.set(row.token, row);
      world.work.later(() => show(row));
    },
    resume(user) {
      world.work.later(async () => {
        for (const row of of(user)) await show(row);
      });
    },
    see(user) {
      const unseen = of(user).filter(({ state }) => state === "delivered");
      for (const row of unseen) end(row, "seen");
      return unseen.length;
    },
  };
}
