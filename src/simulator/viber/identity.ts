/** Viber's ids have characters that Twilio reserves, so that an identity has them as base64url. */
export const identityOf = (id: string) => `viber_${Buffer.from(id).toString("base64url")}`;

export function idOf(identity: string): string | undefined {
  const [, written] = /^viber_([\w-]{1,200})$/.exec(identity) ?? [];
  return written === undefined ? undefined : Buffer.from(written, "base64url").toString();
}
