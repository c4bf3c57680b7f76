import { redirectFetch } from "./redirect-fetch";
import { redirectHttps } from "./redirect-https";

const PLATFORM_HOSTS = /\.(twilio\.com|twil\.io)$|^(api\.telegram\.org|chatapi\.viber\.com)$/i;

/**
 * Makes this process reach Twilio, Telegram and Viber at a local port, in plain HTTP with their real `Host` header, so
 * that one server can be them all and product code needs no switch. Other hosts stay as they are. Returns the undo.
 */
export function redirectTwilioHosts(port: number): () => void {
  const isRedirected = (host: string) => PLATFORM_HOSTS.test(host);
  const undos = [redirectHttps(port, isRedirected), redirectFetch(port, isRedirected)];
  return () => {
    for (const undo of undos) undo();
  };
}
