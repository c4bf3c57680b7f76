import type { World } from "../world";
import type { CustomerRow } from "./rows";

/** The users whom this bot knows, or who may come to know it. */
export interface Customers {
  /** A user, who is there when first named. */
  of(id: string): CustomerRow;
  find(id: string): CustomerRow | undefined;
  subscribers(): number;
}

const NAMES = ["Ana", "Влад", "Chiamaka", "Đặng", "Élodie 🌻"];

export function createCustomers(world: World): Customers {
  const rows = world.memory.keep("viber customers", new Map<string, CustomerRow>());
  return {
    of(id) {
      const known = rows.get(id);
      if (known) return known;
      const row: CustomerRow = {
        ...{ id, name: NAMES[rows.size % NAMES.length] ?? "Ana", language: "en-US", country: "US" },
        ...{ subscribed: false, deviceOn: true, failNext: null, unanswered: [], detailsAsked: [] },
      };
      rows.set(id, row);
      return row;
    },
    find: (id) => rows.get(id),
    subscribers: () => [...rows.values()].filter(({ subscribed }) => subscribed).length,
  };
}
