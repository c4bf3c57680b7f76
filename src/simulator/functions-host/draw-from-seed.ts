import crypto, { createHash } from "node:crypto";
import { currentInvocation } from "../redirect/invocation";
import { patch } from "../redirect/patch";

/**
 * Has Functions draw the same random numbers in each run: they follow from the SID of the call, which follows from the
 * simulator's seed. What is drawn outside of a call stays as it is.
 */
export function drawFromSeed(): void {
  const { randomUUID, randomBytes } = crypto;
  const { random } = Math;

  /** Nothing outside of a call. */
  function draw(size: number): Buffer | undefined {
    const invocation = currentInvocation();
    if (!invocation) return undefined;
    const blocks = Array.from({ length: Math.ceil(size / 32) }, () => {
      invocation.draws += 1;
      return createHash("sha256").update(`${invocation.sid}/${invocation.draws}`).digest();
    });
    return Buffer.concat(blocks).subarray(0, size);
  }

  const uuid: typeof randomUUID = (options) => {
    const bytes = draw(16);
    return bytes ? asUuid(bytes) : randomUUID(options);
  };
  const bytes = (size: number, callback?: (failure: Error | null, bytes: Buffer) => void) => {
    const taken = draw(size) ?? randomBytes(size);
    if (!callback) return taken;
    process.nextTick(callback, null, taken);
    return undefined;
  };
  patch(Math, "random", () => {
    const four = draw(4);
    return four ? four.readUInt32BE() / 2 ** 32 : random();
  });
  patch(crypto, "randomUUID", uuid);
  patch(crypto, "randomBytes", bytes as typeof randomBytes);
  patch(globalThis.crypto, "randomUUID", uuid);
}

/** Version 4: https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
function asUuid(bytes: Buffer): crypto.UUID {
  const marked = Buffer.from(bytes);
  marked[6] = ((marked[6] ?? 0) & 0x0f) | 0x40;
  marked[8] = ((marked[8] ?? 0) & 0x3f) | 0x80;
  const hex = marked.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
