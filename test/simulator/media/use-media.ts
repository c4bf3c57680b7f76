import { useSimulator } from "../use-simulator";

export interface MediaResource {
  sid: string;
  links: { content: string; content_direct_temporary: string };
  [key: string]: unknown;
}

const MCS = "https://mcs.us1.twilio.com";

/** The Media Content Service, which no SDK knows, by fetch. */
export function useMedia(options?: Parameters<typeof useSimulator>[0]) {
  const sim = useSimulator(options);
  const credentials = (user: string, password: string) =>
    `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const token = () => credentials(sim.simulator.account.sid, sim.simulator.account.authToken);
  const service = () => `${MCS}/v1/Services/${sim.simulator.account.chatServiceSid}/Media`;

  async function send(method: string, url: string, init: RequestInit = {}, authorization: string | null = token()) {
    const headers = { ...(init.headers ?? {}), ...(authorization ? { authorization } : {}) };
    return fetch(new URL(url, MCS), { ...init, method, headers });
  }

  return Object.assign(sim, {
    service,
    credentials,
    send,
    async upload(content: Buffer, type = "image/png", query: Record<string, string> = {}): Promise<MediaResource> {
      const body = new Uint8Array(content);
      const url = `${service()}?${new URLSearchParams(query)}`;
      const response = await send("POST", url, { headers: { "content-type": type }, body });
      expect(response.status).toBe(201);
      return (await response.json()) as MediaResource;
    },
    async fetched(sid: string): Promise<MediaResource> {
      return (await (await send("GET", `${service()}/${sid}`)).json()) as MediaResource;
    },
    async bytes(url: string, authorization?: string | null): Promise<Buffer> {
      return Buffer.from(await (await send("GET", url, {}, authorization)).arrayBuffer());
    },
  });
}

/** Bytes of every value, which no text survives. */
export const PICTURE = Buffer.from(Array.from({ length: 1024 }, (_, i) => (i * 7) % 256));
