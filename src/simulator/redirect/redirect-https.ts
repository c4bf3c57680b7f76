import type { ClientRequest } from "node:http";
import { Agent } from "node:https";
import { connect } from "node:net";
import { callHeaders } from "./invocation";

/** `addRequest` is where every agent takes over a request. Node does not document it. */
interface AgentInternals {
  addRequest(request: ClientRequest, ...options: unknown[]): void;
}

/** Serves clients of `node:https`, among them axios (the Twilio SDK), got and node-fetch, whatever agent they make. */
export function redirectHttps(port: number, isRedirected: (host: string) => boolean): () => void {
  const agent = Agent.prototype as Agent & AgentInternals;
  const { createConnection, addRequest } = agent;
  const undoConnection = patch(agent, "createConnection", function (this: Agent, options, callback) {
    if (!isRedirected(options.host ?? "")) return createConnection.call(this, options, callback);
    return connect({ host: "127.0.0.1", port, noDelay: true });
  });
  const undoRequest = patch(agent, "addRequest", function (this: Agent, request, ...options) {
    if (isRedirected(request.host) && !request.headersSent) {
      for (const [name, value] of Object.entries(callHeaders())) request.setHeader(name, value);
    }
    addRequest.call(this, request, ...options);
  });
  return () => {
    undoConnection();
    undoRequest();
  };
}

function patch<T extends object, K extends keyof T>(target: T, name: K, value: T[K]): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: before?.enumerable });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}
