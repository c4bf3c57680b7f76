import { account } from "../../../src/simulator/seeds";
import type { useSimulator } from "../use-simulator";

interface File {
  content: Buffer;
  contentType: string;
  filename: string;
}

/** Puts a file into the Media service, and answers a link to it that needs no credentials for a while. */
export async function linkTo({ world, call }: ReturnType<typeof useSimulator>, file: File): Promise<string> {
  const { chatServiceSid } = account;
  const { sid } = world.media.add({ serviceSid: chatServiceSid, ...file });
  const { body } = await call("GET", `https://mcs.us1.twilio.com/v1/Services/${chatServiceSid}/Media/${sid}`);
  return String((body.links as Record<string, string>).content_direct_temporary);
}
