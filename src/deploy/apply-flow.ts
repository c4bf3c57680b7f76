import type { Twilio } from "twilio";
import { type FlowSource, FlowSourceError, renderFlow, tokensOf } from "./flow-source";
import { type FunctionsAt, resolveTokens } from "./resolve-tokens";

/** Publishes a Flow source in an account under its name: a new Flow, or a new revision of the one that is there. */
export async function applyFlow(twilio: Twilio, source: FlowSource, at: FunctionsAt): Promise<string> {
  const definition = renderFlow(source, await resolveTokens(twilio, tokensOf(source), at));
  const change = { friendlyName: source.name, status: "published" as const, definition };
  const flows = await twilio.studio.v2.flows.list();
  const existing = flows.find(({ friendlyName }) => friendlyName === source.name);
  try {
    const flow = existing
      ? await twilio.studio.v2.flows(existing.sid).update(change)
      : await twilio.studio.v2.flows.create(change);
    return flow.sid;
  } catch (error) {
    throw new FlowSourceError(source.name, "#", reasonOf(error));
  }
}

/** Studio lists what is wrong under `details.errors`: https://www.twilio.com/docs/studio/rest-api/v2/flow-validate */
function reasonOf(error: unknown): string {
  const errors = detailsOf(error).map(({ property_path, message }) => `${property_path} ${message}`);
  const words = error instanceof Error ? error.message : String(error);
  return errors.length > 0 ? `Studio refused it: ${errors.join("; ")}` : `Studio refused it: ${words}`;
}

function detailsOf(error: unknown): { property_path?: string; message?: string }[] {
  const details = typeof error === "object" && error !== null && "details" in error ? error.details : undefined;
  const errors = typeof details === "object" && details !== null && "errors" in details ? details.errors : undefined;
  return Array.isArray(errors) ? errors : [];
}
