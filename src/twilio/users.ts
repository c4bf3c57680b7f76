import { refusalOf, type TwilioClient } from "../runtime/twilio-client";

/** The friendly name of a chat User, empty when it has none; undefined for whoever is no User, such as a Flow. */
export async function userName(twilio: TwilioClient, identity: string): Promise<string | undefined> {
  try {
    return (await twilio.conversations.v1.users(identity).fetch()).friendlyName ?? "";
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}
