import type { Routes } from "../server/routes";
import { operationIndex } from "./operations";
import { partly } from "./partly";

/** What is served of one API of Twilio's: a host and a version. */
export interface Product {
  name: string;
  /** Operation ids; those of Twilio's documents, and the served ones that are in none. */
  operations: string[];
  served: ReadonlySet<string>;
}

/** Matches the routes that are really there against the operations that Twilio documents. */
export function productsOf(hosts: Readonly<Record<string, Routes>>): Product[] {
  const index = operationIndex();
  return Object.entries(hosts).flatMap(([host, routes]) => {
    const served = Object.keys(routes).flatMap((route) => {
      const [method = "", path = ""] = route.split(" ");
      return index.find(host, method, path.replace(/:\w+/g, "x")) ?? [];
    });
    const all = index.all(host).filter(({ documented, id }) => documented || served.some((one) => one.id === id));
    const versions = [...new Set(all.map(({ path }) => versionOf(path)))].sort();
    return versions.map((version) => {
      const idsOf = (some: readonly { id: string; path: string }[]) =>
        some.filter(({ path }) => versionOf(path) === version).map(({ id }) => id);
      return { name: version ? `${host}/${version}` : host, operations: idsOf(all), served: new Set(idsOf(served)) };
    });
  });
}

/** The page's tables: a row for each resource of which something is served, the others by name. */
export function operationsTable(products: readonly Product[]): string {
  return products.map(sectionOf).join("\n\n");
}

function sectionOf({ name, operations, served }: Product): string {
  const lacks = partly[name] ?? {};
  const resources = [...new Set(operations.map(resourceOf))].sort();
  const rows = resources.flatMap((resource) => {
    const ids = operations.filter((id) => resourceOf(id) === resource).sort(byVerb);
    if (!ids.some((id) => served.has(id))) return [];
    const full = ids.filter((id) => served.has(id) && !lacks[id]).map(verbOf);
    const some = ids.filter((id) => served.has(id) && lacks[id]).map((id) => `${verbOf(id)}: ${lacks[id]}`);
    const none = ids.filter((id) => !served.has(id)).map(verbOf);
    return [`| ${resource} | ${full.join(" ")} | ${some.join("; ")} | ${none.join(" ")} |`];
  });
  const absent = resources.filter(
    (resource) => !operations.some((id) => resourceOf(id) === resource && served.has(id)),
  );
  const count = operations.filter((id) => served.has(id)).length;
  return [
    `**${name}**: ${count} of ${operations.length} operations`,
    ...(rows.length > 0 ? ["", "| resource | supported | partly | unsupported |", "|---|---|---|---|", ...rows] : []),
    ...(absent.length > 0 ? ["", `Unsupported: ${absent.join(", ")}.`] : []),
  ].join("\n");
}

const VERBS = ["Create", "Fetch", "List", "Update", "Delete"];
const byVerb = (a: string, b: string) => VERBS.indexOf(verbOf(a)) - VERBS.indexOf(verbOf(b));

const versionOf = (path: string): string => /^\/(v\d+|[\d-]+)\//.exec(path)?.[1] ?? "";
/** `CreateConversation`: the verb and the resource. */
const verbOf = (id: string): string => /^[A-Z][a-z]+/.exec(id)?.[0] ?? id;
const resourceOf = (id: string): string => id.slice(verbOf(id).length) || id;
