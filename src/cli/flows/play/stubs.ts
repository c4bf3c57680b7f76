import { InvalidArgumentError } from "commander";
import { isJsonObject, type Json, parseJson } from "../../../simulator/studio/json";
import type { StandIn, Webhook, WebhookAnswer } from "../../../simulator/webhooks/send-webhook";
import { CommandError } from "../../terminal";
import { readJsonFile } from "../read-flow-file";

/** Answers by URL, or by path on any host; a number answers with that status and nothing else. */
export type Stubs = Readonly<Record<string, Json>>;

/** `url=json`. URLs may hold `=` themselves. */
export function readStub(text: string, before: Stubs = {}): Stubs {
  for (const { index } of text.matchAll(/=/g)) {
    const answer = parseJson(text.slice(index + 1));
    if (answer !== undefined && index > 0) return { ...before, [text.slice(0, index)]: answer };
  }
  throw new InvalidArgumentError(`write it as url=json, such as 'https://api.example/hours={"open":true}'.`);
}

/** A file of them: one JSON object, its keys the URLs. */
export function readStubsFile(file: string): Stubs {
  const stubs = readJsonFile(file);
  if (isJsonObject(stubs)) return stubs;
  throw new CommandError(`${file} cannot be used: write one JSON object, {"https://…": answer}.`, 2);
}

/** Stubs answer first; whoever is not on this machine is not asked, and told of. */
export function standInFor(stubs: Stubs, isHere: (host: string) => boolean, tell: (note: string) => void): StandIn {
  return (webhook) => {
    const stub = stubOf(stubs, webhook);
    if (stub !== undefined) return answered(stub);
    if (!URL.canParse(webhook.url) || isHere(new URL(webhook.url).hostname)) return undefined;
    const address = webhook.url.split("?")[0];
    tell(
      `${address} was not asked, as it is not on this machine: answer for it by --stub '${address}={"key":"value"}'`,
    );
    return { status: 0, headers: {}, body: "", failure: "refused" };
  };
}

function stubOf(stubs: Stubs, { url }: Webhook): Json | undefined {
  const bare = url.split("?")[0] ?? url;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const key = [url, bare, path].find((one) => Object.hasOwn(stubs, one));
  return key === undefined ? undefined : stubs[key];
}

function answered(stub: Json): WebhookAnswer {
  if (typeof stub === "number") return { status: stub, headers: {}, body: "" };
  const body = JSON.stringify(stub);
  return { status: 200, headers: { "content-type": "application/json" }, body, content: Buffer.from(body) };
}
