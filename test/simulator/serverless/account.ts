import { resolve } from "node:path";
import { createClock } from "../../../src/simulator/clock";
import { account } from "../../../src/simulator/seeds";
import { serverlessRoutes } from "../../../src/simulator/serverless/routes/routes";
import type { VersionRow } from "../../../src/simulator/serverless/rows";
import { seedService } from "../../../src/simulator/serverless/seed";
import { createServerless } from "../../../src/simulator/serverless/tables";
import { callerOf } from "../contract/call-routes";

/** An account's Serverless API, called without HTTP and held to the contract on both sides. */
export function serverlessAccount({ seeded = false } = {}) {
  const clock = createClock(async () => undefined);
  const serverless = createServerless(account, clock, resolve("node_modules"));
  if (seeded) seedService(serverless);
  let broken = false;
  const told: string[] = [];
  const packager = { isBroken: () => broken, tell: (reason: string) => told.push(reason) };
  const call = callerOf("serverless.twilio.com", serverlessRoutes(serverless, packager));

  async function create(path: string, form: Record<string, string>) {
    const { status, body } = await call(`POST /v1/Services${path}`, { form });
    expect(status).toBe(201);
    return (body as { sid: string }).sid;
  }

  return {
    call,
    create,
    clock,
    told,
    breakPackager: () => {
      broken = true;
    },
    service: (UniqueName = "care") => create("", { UniqueName, FriendlyName: UniqueName }),
    /** A Function with a Version, as an upload leaves it. */
    async uploaded(serviceSid: string, path: string): Promise<VersionRow> {
      const resourceSid = await create(`/${serviceSid}/Functions`, { FriendlyName: path });
      const row: VersionRow = {
        sid: serverless.newSid("ZN"),
        kind: "function",
        ...{ serviceSid, resourceSid, path },
        visibility: "protected",
        content: Buffer.from("exports.handler = () => {};"),
        createdAt: clock.now(),
      };
      serverless.versions.set(row.sid, row);
      return row;
    },
  };
}
