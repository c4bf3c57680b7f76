import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { LocalDevelopmentServer } from "@twilio/runtime-handler/dev";
import { seen } from "./seen-function";

export const TOKEN = "4453b6ac12345678-e02c5f12174805f9-daec9cbb5448c51f";
export const KEY = "a-key-that-nobody-guesses_0123456789";

export const ENV = {
  ACCOUNT_SID: `AC${"a".repeat(32)}`,
  AUTH_TOKEN: "b".repeat(32),
  VIBER_AUTH_TOKEN: TOKEN,
  VIBER_WEBHOOK_KEY: KEY,
};

/** Bytes as Viber might send them, written by hand. */
export const fixture = (name: string) => readFileSync(join(__dirname, "../../fixtures/viber", `${name}.json`), "utf8");

export const signatureOf = (body: string, token = TOKEN) => createHmac("sha256", token).update(body).digest("hex");

interface Callback {
  /** What stands behind the path; the right key when not told. */
  query?: string;
  /** Null sends none. */
  signature?: string | null;
  headers?: Record<string, string>;
  /** Sent in pieces, with no length told beforehand. */
  chunked?: boolean;
}

/** A Function on the real runtime, which hands it what it parsed from a body's bytes. */
export function useCallbacks(env: Record<string, string> = ENV) {
  let server: Server;
  const printed: string[] = [];

  beforeAll(async () => {
    for (const method of ["log", "info", "warn", "error"] as const) {
      jest.spyOn(console, method).mockImplementation((...args: unknown[]) => void printed.push(args.join(" ")));
    }
    const filePath = join(__dirname, "seen-function.ts");
    const route = { name: "viber", path: "/viber", access: "public" as const, filePath, content: "" };
    const runtime = new LocalDevelopmentServer(0, {
      ...{ baseDir: process.cwd(), env, url: "https://functions.example.com", port: 0, appName: "flex-conversations" },
      ...{ routes: { functions: [route], assets: [] }, forkProcess: false, live: false, logs: false },
      ...{ detailedLogs: false, legacyMode: false, enableDebugLogs: false },
    });
    server = createServer(runtime.getApp());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  /** Answers the status, and the event where the caller was taken for Viber. */
  function deliver(body: string, callback: Callback = {}): Promise<{ status: number; event?: unknown }> {
    const { query = `?key=${KEY}`, signature = signatureOf(body), headers = {}, chunked = false } = callback;
    const before = seen.length;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          ...{
            host: "127.0.0.1",
            port: (server.address() as AddressInfo).port,
            path: `/viber${query}`,
            method: "POST",
          },
          headers: {
            "content-type": "application/json",
            ...(chunked ? {} : { "content-length": String(Buffer.byteLength(body)) }),
            ...(signature === null ? {} : { "x-viber-content-signature": signature }),
            ...headers,
          },
          agent: false,
        },
        (response) => {
          response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, event: seen[before] }));
        },
      );
      outgoing.on("error", reject).write(body);
      outgoing.end();
    });
  }

  return { deliver, printed };
}
