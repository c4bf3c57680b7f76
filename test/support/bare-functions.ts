import { resolve } from "node:path";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { scanFunctions } from "../../src/simulator/functions-host/resources";
import { startWorker, type WorkerProcess } from "../../src/simulator/functions-host/worker-process";
import type { Simulator } from "../../src/simulator/simulator";

export interface Call {
  path: string;
  fields?: Record<string, string | string[]>;
  /** `right` signs as Twilio would; a text is sent as it is; undefined sends none. */
  signature?: "right" | (string & {});
  /** What is signed instead of what is sent. */
  signed?: { url?: string; fields?: Record<string, string> };
  /** Sent instead of the fields as a form. */
  body?: { type: string; text: string };
  headers?: Record<string, string>;
  query?: string;
  method?: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/**
 * Functions on the real runtime without Twilio's gateway in front, as `twilio-run start` serves them: what is refused
 * here is refused by the Function itself.
 */
export async function startBareFunctions(simulator: Simulator, env: Record<string, string>) {
  const output: string[] = [];
  const collect = { write: (chunk: Buffer) => output.push(chunk.toString()) };
  const url = `https://${simulator.account.functionsDomain}`;
  const worker: WorkerProcess = await startWorker(
    resolve("dist/tools/function-worker.js"),
    {
      functions: scanFunctions(resolve("dist/functions")),
      env: { ACCOUNT_SID: simulator.account.sid, AUTH_TOKEN: simulator.account.authToken, ...env },
      url,
      port: simulator.port,
      baseDir: process.cwd(),
    },
    { stdout: collect, stderr: collect },
  );
  return {
    /** What the Functions printed. */
    output: () => output.join(""),
    stop: () => worker.kill(),
    async call({
      path,
      fields = {},
      signature,
      signed,
      body,
      query = "",
      method = "POST",
      ...more
    }: Call): Promise<Answer> {
      const address = signed?.url ?? `${url}${path}`;
      const right = getExpectedTwilioSignature(simulator.account.authToken, address, signed?.fields ?? fields);
      const headers = {
        ...(method === "GET" ? {} : { "content-type": body?.type ?? "application/x-www-form-urlencoded" }),
        ...(signature ? { "x-twilio-signature": signature === "right" ? right : signature } : {}),
        ...more.headers,
      };
      const form = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
      const response = await fetch(`http://127.0.0.1:${worker.port}${path}${query}`, {
        method,
        headers,
        ...(method === "GET" ? {} : { body: body?.text ?? form.toString() }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

/** Bare Functions for the tests of a file, set up for the centre's account. */
export function useBareFunctions(centre: { readonly simulator: Simulator }) {
  let functions: Awaited<ReturnType<typeof startBareFunctions>>;
  beforeAll(async () => {
    const { taskrouter } = centre.simulator.world();
    functions = await startBareFunctions(centre.simulator, {
      FLEX_WORKSPACE_SID: taskrouter.workspace.sid,
      FLEX_WORKFLOW_SID: [...taskrouter.workflows.keys()][0] ?? "",
    });
  }, 30_000);
  afterAll(() => functions.stop());
  return {
    call: (call: Call) => functions.call(call),
    output: () => functions.output(),
  };
}
