/** Programs on this machine may listen without TLS and at any port, which a platform itself would refuse. */
export function isThisMachine({ hostname }: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** Nothing goes further than this account's Functions, Twilio as it is simulated here, and this machine. */
export function isReachable(url: URL): boolean {
  return isThisMachine(url) || /\.(twil\.io|twilio\.com)$/.test(url.hostname);
}
