import { type Definition, type DocumentedOperation, readDocuments } from "./documents";
import { undocumentedOperations } from "./undocumented-operations";

export interface Operation {
  id: string;
  host: string;
  method: string;
  /** As a template: `/v1/Conversations/{Sid}`. */
  path: string;
  /** What the request's path held, by the template's names. */
  params: Readonly<Record<string, string>>;
  /** False for an operation that Twilio's clients use and no document describes: only its errors are checked. */
  documented: boolean;
  /** Its body is a file, of any type, unless it is a multipart form that holds one. */
  file: boolean;
  /** It asks for no credentials. */
  open: boolean;
}

export interface Operations {
  find(host: string, method: string, path: string): Operation | undefined;
  documentation(operation: Operation): DocumentedOperation | undefined;
  /** Every operation of a host. */
  all(host: string): Pick<Operation, "id" | "method" | "path" | "documented">[];
}

interface Route {
  id: string;
  method: string;
  path: string;
  pattern: RegExp;
  names: string[];
  documentation?: DocumentedOperation;
  file: boolean;
  open: boolean;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Finds the operation a request means. A host's documents are read at its first request. */
export function operationIndex(): Operations {
  const hosts = new Map<string, Route[]>();

  function routesOf(host: string): Route[] {
    const routes = hosts.get(host) ?? readRoutes(host);
    hosts.set(host, routes);
    return routes;
  }

  return {
    find(host, method, url) {
      const path = url.split("?", 1)[0] ?? "";
      const wanted = method.toUpperCase();
      for (const route of routesOf(host)) {
        const match = route.method === wanted ? route.pattern.exec(path) : null;
        if (!match) continue;
        const params = Object.fromEntries(route.names.map((name, index) => [name, decode(match[index + 1] ?? "")]));
        return {
          id: route.id,
          host,
          method: wanted,
          path: route.path,
          params,
          documented: Boolean(route.documentation),
          file: route.file,
          open: route.open,
        };
      }
      return undefined;
    },
    documentation: ({ host, method, path }) =>
      routesOf(host).find((route) => route.method === method && route.path === path)?.documentation,
    all: (host) =>
      routesOf(host).map(({ id, method, path, documentation }) => ({
        id,
        method,
        path,
        documented: Boolean(documentation),
      })),
  };
}

function readRoutes(host: string): Route[] {
  const documented = readDocuments(host).flatMap((document) =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => method in item).map((method) => {
        const definition = item[method] as Definition;
        const documentation = { definition, document };
        return route({ id: definition.operationId, method: method.toUpperCase(), path }, documentation);
      }),
    ),
  );
  const undocumented = undocumentedOperations
    .filter((operation) => operation.host === host)
    .map((operation) => route(operation));
  return [...documented, ...undocumented].sort((a, b) => (rank(a.path) < rank(b.path) ? -1 : 1));
}

interface Described {
  id: string;
  method: string;
  path: string;
  file?: true;
  open?: true;
}

function route({ id, method, path, file, open }: Described, documentation?: DocumentedOperation): Route {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "([^/]+?)")}$`);
  return { id, method, path, pattern, names, documentation, file: file ?? false, open: open ?? false };
}

/** Sorts a literal segment before a parameter in its place, and `{Sid}.json` before `{Sid}`. */
function rank(path: string): string {
  return `${path}/`.replace(/\{\w+\}/g, "\uffff");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
