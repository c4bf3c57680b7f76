import type { ClientRequest } from "node:http";
import { Agent } from "node:https";
import { callHeaders } from "./invocation";
import { patch } from "./patch";

/** `addRequest` is where every agent takes over a request. Node does not document it. */
interface AgentInternals {
  addRequest(request: ClientRequest, ...options: unknown[]): void;
}

/** Says of requests by clients of `node:https`, among them axios (the Twilio SDK), in which Function call they are made. */
export function nameHttpsCalls(isRedirected: (host: string) => boolean): () => void {
  const agent = Agent.prototype as Agent & AgentInternals;
  const { addRequest } = agent;
  return patch(agent, "addRequest", function (this: Agent, request, ...options) {
    if (isRedirected(request.host) && !request.headersSent) {
      for (const [name, value] of Object.entries(callHeaders())) request.setHeader(name, value);
    }
    addRequest.call(this, request, ...options);
  });
}
