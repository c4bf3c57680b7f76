import { ANY_DOMAIN } from "../platforms/known";
import { nameHttpsCalls } from "./name-https-calls";
import { redirectFetch } from "./redirect-fetch";
import { redirectTls } from "./redirect-tls";

const PLATFORM_HOSTS = new RegExp(`\\.(twilio\\.com|twil\\.io|${ANY_DOMAIN})$`, "i");

/**
 * Makes this process reach Twilio and the other platforms at a local port, in plain HTTP with their real `Host` header, so
 * that one server can be them all and product code needs no switch. Other hosts stay as they are. Returns the undo.
 */
export function redirectTwilioHosts(port: number): () => void {
  const isRedirected = (host: string) => PLATFORM_HOSTS.test(host);
  const undos = [redirectTls(port, isRedirected), nameHttpsCalls(isRedirected), redirectFetch(port, isRedirected)];
  return () => {
    for (const undo of undos) undo();
  };
}
