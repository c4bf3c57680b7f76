/** What a log line may say beside its event: SIDs, numbers, yes or no, and single words of ours. */
export type LogFields = Record<string, string | number | boolean | undefined>;

export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const SID = /^[A-Z]{2}[0-9a-f]{32}$/;
const WORD = /^[a-zA-Z][a-zA-Z_./-]{0,63}$/;
const VARIABLE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** One JSON line an event. Whatever could be personal (a text, an address, a token) is not written, whoever passes it. */
export function createLogger(base: LogFields, write: (line: string) => void = console.log): Logger {
  const line =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      write(JSON.stringify({ level, event, ...safe({ ...base, ...fields }) }));
  return { info: line("info"), warn: line("warn"), error: line("error") };
}

function safe(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, harmless(value) ? value : "[redacted]"]),
  );
}

function harmless(value: LogFields[string]): boolean {
  return typeof value !== "string" || SID.test(value) || WORD.test(value) || VARIABLE.test(value) || isRequestId(value);
}

export function newRequestId(): string {
  return crypto.randomUUID();
}

function isRequestId(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value);
}
