import net, { type Socket } from "node:net";
import tls from "node:tls";
import { patch } from "./patch";

/**
 * Every client of this process that speaks HTTPS opens its connection here, with whatever agent, dispatcher or package of
 * undici it has: `node:https`, Node's own fetch of any version, undici's, a tunnel through a proxy.
 */
export function redirectTls(port: number, isRedirected: (host: string) => boolean): () => void {
  const { connect } = tls;
  function connectHere(...args: unknown[]): unknown {
    if (!named(args, "host", "servername").some(isRedirected)) return Reflect.apply(connect, tls, args);
    const socket = Object.assign(net.connect({ host: "127.0.0.1", port, noDelay: true }), { authorized: true });
    const listener = args.at(-1);
    if (typeof listener === "function") socket.once("secureConnect", () => listener());
    // What TLS clients wait for.
    return socket.once("connect", () => socket.emit("secureConnect"));
  }
  const undos = [patch(tls, "connect", connectHere as typeof connect), stopWhatIsLeft(isRedirected)];
  return () => {
    for (const undo of undos) undo();
  };
}

/** A connection that goes another way, in plain HTTP perhaps, must not reach Twilio itself with somebody's credentials. */
function stopWhatIsLeft(isRedirected: (host: string) => boolean): () => void {
  const socket: Socket = net.Socket.prototype;
  const { connect } = socket;
  function connectElsewhere(this: Socket, ...args: unknown[]): unknown {
    const host = named(args.flat(), "host").find(isRedirected);
    if (!host) return Reflect.apply(connect, this, args);
    return this.destroy(new Error(`A connection to ${host} was stopped: only HTTPS is redirected to the simulator`));
  }
  return patch(socket, "connect", connectElsewhere as typeof connect);
}

/** Hosts that the arguments of `connect` name, in any of its forms: as a text, or under these keys. */
function named(args: readonly unknown[], ...keys: readonly string[]): string[] {
  return args.flatMap((arg) => {
    if (typeof arg === "string") return [arg];
    if (typeof arg !== "object" || arg === null) return [];
    return Object.entries(arg).flatMap(([key, value]) =>
      keys.includes(key) && typeof value === "string" ? [value] : [],
    );
  });
}
