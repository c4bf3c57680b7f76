import { runInThisContext } from "node:vm";
import { callHeaders } from "./invocation";

/** https://undici.nodejs.org/#/docs/api/Dispatcher?id=dispatcherdispatchoptions-handler */
interface Dispatcher {
  dispatch(options: DispatchOptions, handler: unknown): boolean;
}

interface DispatchOptions {
  origin: string | URL;
  headers?: string[] | Record<string, unknown> | null;
}

/** Where undici keeps what all its `fetch` calls go through: Node 20 and 22 have the first, Node 24 both. */
const DISPATCHERS = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];

/**
 * Serves Node's global `fetch`, with connections of its own and the Function call it is made in. Wrapping `fetch` itself
 * would not do: it drops a `Host` header that its caller sets. A Node without these symbols, or a program that brings its
 * own dispatcher, is redirected at `tls.connect` like all others.
 */
export function redirectFetch(port: number, isRedirected: (host: string) => boolean): () => void {
  // Under Jest a test's `globalThis` is not the one that Node's fetch looks at.
  const holder: Record<symbol, Dispatcher | undefined> = runInThisContext("globalThis");
  // Node loads undici when one of its classes is first used.
  new Headers();
  const undos = DISPATCHERS.map((symbol) => {
    const native = holder[symbol];
    if (!native) return () => undefined;
    holder[symbol] = redirected(native, port, isRedirected);
    return () => {
      holder[symbol] = native;
    };
  });
  return () => {
    for (const undo of undos) undo();
  };
}

function redirected(native: Dispatcher, port: number, isRedirected: (host: string) => boolean): Dispatcher {
  const dispatch: Dispatcher["dispatch"] = (options, handler) => {
    const { protocol, host, hostname } = new URL(options.origin);
    if (protocol !== "https:" || !isRedirected(hostname)) return native.dispatch(options, handler);
    const added = { host, ...callHeaders() };
    const here = { ...options, origin: `http://127.0.0.1:${port}`, headers: withHeaders(options.headers, added) };
    return native.dispatch(here, handler);
  };
  return Object.create(native, { dispatch: { value: dispatch } });
}

function withHeaders(headers: DispatchOptions["headers"], added: Record<string, string>): DispatchOptions["headers"] {
  return Array.isArray(headers) ? [...headers, ...Object.entries(added).flat()] : { ...headers, ...added };
}
