/**
 * A Flow source is a Studio definition with tokens `${kind:name}` inside its strings, so that no SID or host of an
 * account stands in git; `$${` writes a literal `${`. Rendering resolves the tokens against the account at hand.
 */
export interface FlowSource {
  /** File name without `.json`; also the Flow's friendly name. */
  name: string;
  definition: JsonObject;
}

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** What tokens may name. */
export const TOKEN_KINDS = ["workflow", "task-channel", "function", "flow"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface Token {
  kind: TokenKind;
  name: string;
}

/** A source that cannot be used; `where` is a JSON path such as `#/states/3/properties/url`. */
export class FlowSourceError extends Error {
  constructor(
    flow: string,
    readonly where: string,
    readonly problem: string,
  ) {
    super(`studio-flows/${flow}.json ${where}: ${problem}`);
  }
}

export function parseFlowSource(name: string, text: string): FlowSource {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    throw new FlowSourceError(name, "#", `is not valid JSON (${error instanceof Error ? error.message : error})`);
  }
  if (!isObject(definition) || !Array.isArray(definition.states) || typeof definition.initial_state !== "string") {
    throw new FlowSourceError(name, "#", "is not a Studio Flow: `states` and `initial_state` are needed");
  }
  return { name, definition };
}

/** Every token of a source, once each. */
export function tokensOf(source: FlowSource): Token[] {
  const found = new Map<string, Token>();
  render(source, (token) => {
    found.set(`${token.kind}:${token.name}`, token);
    return "";
  });
  return [...found.values()];
}

/** The importable definition: every token replaced by what `resolve` answers. */
export function renderFlow(source: FlowSource, resolve: (token: Token) => string): JsonObject {
  return render(source, resolve);
}

const TOKEN = /\$\$\{|\$\{([^}]*)\}/g;

function render(source: FlowSource, resolve: (token: Token) => string): JsonObject {
  const walk = (value: Json, where: string): Json => {
    if (typeof value === "string") {
      return value.replace(TOKEN, (whole, content?: string) =>
        content === undefined ? "${" : resolve(readToken(source.name, where, whole, content)),
      );
    }
    if (Array.isArray(value)) return value.map((item, i) => walk(item, `${where}/${i}`));
    if (isObject(value)) return walkObject(value, where);
    return value;
  };
  const walkObject = (object: JsonObject, where: string): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, walk(value, `${where}/${key}`)]));
  return walkObject(source.definition, "#");
}

function readToken(flow: string, where: string, whole: string, content: string): Token {
  const colon = content.indexOf(":");
  const kind = TOKEN_KINDS.find((one) => one === content.slice(0, colon));
  const name = content.slice(colon + 1);
  if (!kind || name === "") {
    throw new FlowSourceError(
      flow,
      where,
      `${whole} is no token; known are ${TOKEN_KINDS.join(", ")}, as in \${workflow:Name}`,
    );
  }
  return { kind, name };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
