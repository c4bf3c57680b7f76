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

/** Where Node's own undici keeps what all its `fetch` calls go through (read in undici 6, tried on Node 20). */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/**
 * Serves Node's global `fetch`. Wrapping `fetch` itself would not do: it drops a `Host` header that its caller sets.
 */
export function redirectFetch(port: number, isRedirected: (host: string) => boolean): () => void {
  // Under Jest a test's `globalThis` is not the one that Node's fetch looks at.
  const holder: Record<symbol, Dispatcher | undefined> = runInThisContext("globalThis");
  // Node loads undici when one of its classes is first used.
  new Headers();
  const native = holder[DISPATCHER];
  if (!native) throw new Error(`fetch cannot be redirected on Node ${process.version}: use Node 20`);
  const dispatch: Dispatcher["dispatch"] = (options, handler) => {
    const { host, hostname } = new URL(options.origin);
    if (!isRedirected(hostname)) return native.dispatch(options, handler);
    const added = { host, ...callHeaders() };
    const redirected = { ...options, origin: `http://127.0.0.1:${port}`, headers: withHeaders(options.headers, added) };
    return native.dispatch(redirected, handler);
  };
  holder[DISPATCHER] = Object.create(native, { dispatch: { value: dispatch } });
  return () => {
    holder[DISPATCHER] = native;
  };
}

function withHeaders(headers: DispatchOptions["headers"], added: Record<string, string>): DispatchOptions["headers"] {
  return Array.isArray(headers) ? [...headers, ...Object.entries(added).flat()] : { ...headers, ...added };
}
