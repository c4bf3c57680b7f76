import { ApiError } from "../server/api-error";
import type { ApiRequest } from "../server/routes";
import type { DocumentChange } from "./documents";

const LARGEST_DATA_BYTES = 16 * 1024;
const ONE_YEAR_SECONDS = 31_536_000;

export function readNewDocument({ form }: ApiRequest): DocumentChange & { uniqueName?: string } {
  return { uniqueName: readUniqueName(form.get("UniqueName")), ...readChange(form) };
}

export function readUpdate({ form, headers }: ApiRequest): DocumentChange & { ifMatch?: string } {
  const change = readChange(form);
  if (change.data === undefined && change.ttl === undefined) throw nothingToChange();
  return { ...change, ifMatch: revisionIn(headers["if-match"]) };
}

function readChange(form: ApiRequest["form"]): DocumentChange {
  return { data: readData(form.json("Data")), ttl: readTtl(form.int("Ttl")) };
}

function readData(data: unknown): DocumentChange["data"] {
  if (data === undefined) return undefined;
  if (!isObject(data)) throw new ApiError(400, 20001, "Data must be a JSON object");
  if (Buffer.byteLength(JSON.stringify(data)) > LARGEST_DATA_BYTES) throw tooLarge();
  return data;
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** https://www.twilio.com/docs/api/errors/54011; that 0 means for ever is unverified. */
function readTtl(ttl: number | undefined): number | undefined {
  if (ttl !== undefined && (ttl < 0 || ttl > ONE_YEAR_SECONDS)) {
    throw new ApiError(400, 54011, `The TTL must be an integer between 0 and ${ONE_YEAR_SECONDS}`);
  }
  return ttl;
}

/** https://www.twilio.com/docs/api/errors/54302 */
function readUniqueName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (name.length < 1 || name.length > 256 || /^[A-Z]{2}[a-f0-9]{32}$/.test(name)) {
    throw new ApiError(400, 54302, "The unique name must have 1 to 256 characters and not look like a SID");
  }
  return name;
}

/** Both forms pass: the SDK's `revision` as it is, and the ETag header, which HTTP wants in quotes. */
function revisionIn(ifMatch: string | undefined): string | undefined {
  return ifMatch?.replace(/^"(.*)"$/, "$1");
}

/** https://www.twilio.com/docs/api/errors/54006; its HTTP status is unverified. */
function tooLarge(): ApiError {
  return new ApiError(413, 54006, `Data must not exceed ${LARGEST_DATA_BYTES} bytes`);
}

/** https://www.twilio.com/docs/api/errors/54010 */
function nothingToChange(): ApiError {
  return new ApiError(400, 54010, "Expected at least 1 optional parameter, but none were provided");
}
