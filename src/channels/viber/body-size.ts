/** As much as Viber takes from us in a request; that it sends no more is unverified. */
export const MOST_BYTES = 30 * 1024;

/** Viber's own events reach four levels. */
const MOST_LEVELS = 12;

/**
 * Whether a parsed body may have had 30 KB or less, compact and in UTF-8. It looks at no more than such a body holds,
 * so that one of megabytes costs nothing.
 */
export function isSmall(body: Record<string, unknown>): boolean {
  const room = { left: MOST_BYTES };
  return fits(body, room, MOST_LEVELS) && Buffer.byteLength(JSON.stringify(body)) <= MOST_BYTES;
}

/** By what each value takes at least. */
function fits(value: unknown, room: { left: number }, levels: number): boolean {
  room.left -= typeof value === "string" ? value.length + 2 : 1;
  if (room.left < 0 || levels === 0) return false;
  if (Array.isArray(value)) return value.length <= room.left && value.every((item) => fits(item, room, levels - 1));
  if (typeof value !== "object" || value === null) return true;
  for (const name in value) {
    room.left -= name.length;
    if (!fits((value as Record<string, unknown>)[name], room, levels - 1)) return false;
  }
  return true;
}
