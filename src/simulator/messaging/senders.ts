import { notFound } from "../server/api-error";
import { sidFor } from "../sids";
import type { World } from "../world";
import { numberSettings, type PhoneNumberRow } from "./rows";

/** The addresses this account may write from: its numbers, and the senders of other channels that it was given. */
export interface Senders {
  readonly numbers: Map<string, PhoneNumberRow>;
  has(address: string): boolean;
  /** The number at an address, if it is one of ours. */
  numberAt(address: string): PhoneNumberRow | undefined;
  number(sid: string): PhoneNumberRow;
  add(phoneNumber: string, sid: string): PhoneNumberRow;
}

export function createSenders(world: World): Senders {
  const isNumber = (address: string) => address.startsWith("+");
  const channelSenders = world.account.senders.filter((address) => !isNumber(address));
  const numbers = world.memory.keep("numbers", new Map<string, PhoneNumberRow>());
  const senders: Senders = {
    numbers,
    has: (address) => channelSenders.includes(address) || senders.numberAt(address) !== undefined,
    numberAt: (address) => [...numbers.values()].find(({ phoneNumber }) => phoneNumber === address),
    number(sid) {
      const row = numbers.get(sid);
      if (!row) throw notFound(`IncomingPhoneNumbers/${sid}`);
      return row;
    },
    add(phoneNumber, sid) {
      const now = world.clock.now();
      const settings = { ...numberSettings };
      const row = { sid, phoneNumber, friendlyName: national(phoneNumber), settings, pool: null };
      numbers.set(sid, { ...row, createdAt: now, updatedAt: now });
      return senders.number(sid);
    },
  };
  for (const address of world.account.senders.filter(isNumber)) senders.add(address, sidFor("PN", address));
  return senders;
}

/** As Twilio names a new number: `(555) 010-0100`. */
function national(phoneNumber: string): string {
  return phoneNumber.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
}
