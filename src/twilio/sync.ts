import { refusalOf, type TwilioClient } from "../runtime/twilio-client";

/** A Sync Document as read: its data is JSON of ours, its revision what an `If-Match` update needs. */
export interface StoredDocument {
  data: unknown;
  revision: string;
  dateUpdated: Date;
}

/** Longest life of a Document, a year: https://www.twilio.com/docs/sync/api/document-resource */
const YEAR_SECONDS = 31_536_000;

const SERVICE = "default";

export async function readDocument(twilio: TwilioClient, uniqueName: string): Promise<StoredDocument | undefined> {
  try {
    return await twilio.sync.v1.services(SERVICE).documents(uniqueName).fetch();
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

/** Creates a Document; undefined when one of that name exists already (54301). */
export async function createDocument(
  twilio: TwilioClient,
  uniqueName: string,
  data: object,
  ttl = YEAR_SECONDS,
): Promise<StoredDocument | undefined> {
  try {
    return await twilio.sync.v1.services(SERVICE).documents.create({ uniqueName, data, ttl });
  } catch (error) {
    if (refusalOf(error)?.status === 409) return undefined;
    throw error;
  }
}

/** Replaces a Document's data if it still has this revision; undefined when somebody else was faster (54103, status 412). */
export async function updateDocument(
  twilio: TwilioClient,
  uniqueName: string,
  data: object,
  revision: string,
  ttl = YEAR_SECONDS,
): Promise<StoredDocument | undefined> {
  try {
    return await twilio.sync.v1.services(SERVICE).documents(uniqueName).update({ data, ifMatch: revision, ttl });
  } catch (error) {
    if (refusalOf(error)?.status === 412) return undefined;
    throw error;
  }
}

/** One that is gone already is as good. */
export async function removeDocument(twilio: TwilioClient, uniqueName: string): Promise<void> {
  try {
    await twilio.sync.v1.services(SERVICE).documents(uniqueName).remove();
  } catch (error) {
    if (refusalOf(error)?.status !== 404) throw error;
  }
}
