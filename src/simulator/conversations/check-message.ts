import { ApiError } from "../server/api-error";
import { refuseAttributes } from "./refusals";

/** What a Message would hold. */
interface Proposed {
  author?: string;
  body?: string | null;
  /** The files it shows. */
  media: readonly unknown[];
  attributes?: string;
  subject?: string;
}

/** Sizes in bytes, but for names: https://www.twilio.com/docs/conversations-classic/conversations-limits */
const LONGEST_BODY = 32 * 1024;
const LONGEST_ATTRIBUTES = 4 * 1024;
const LONGEST_NAME = 256;

/** 50503, 50504 and 50310: https://www.twilio.com/docs/api/errors; what a long Subject is refused with is unverified. */
export function refuseBadMessage({ author, body, media, attributes, subject }: Proposed): void {
  if (!body && media.length === 0) throw new ApiError(400, 50503, "Message body is not provided");
  if (body && Buffer.byteLength(body) > LONGEST_BODY) throw new ApiError(400, 50504, "Message body is too long");
  if (author && author.length > LONGEST_NAME) throw new ApiError(400, 50310, "Author is too long");
  if (subject && subject.length > LONGEST_NAME) throw new ApiError(400, 20001, "Subject is too long");
  refuseAttributes(attributes, LONGEST_ATTRIBUTES);
}
