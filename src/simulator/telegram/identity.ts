/** Whose end is shown under which name, as on all channels. */
export const identityOf = (id: number) => `telegram_${id}`;

export function idOf(identity: string): number | undefined {
  const [, id] = /^telegram_([1-9]\d{0,15})$/.exec(identity) ?? [];
  return id === undefined ? undefined : Number(id);
}
