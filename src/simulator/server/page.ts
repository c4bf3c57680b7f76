import { ApiError } from "./api-error";
import type { Params } from "./params";
import { type ApiReply, type ApiRequest, ok } from "./routes";

interface List<Row> {
  key: string;
  render(row: Row): unknown;
  largest?: number;
  /** Where a row stands, growing along the list: pages then go on after the rows seen, whatever came or went since. */
  at?(row: Row): number;
}

interface PageOptions<Row> extends List<Row> {
  /** The host the list is served under, for its page URLs. */
  host: string;
}

/** Answers a list in Twilio's envelope, 50 a page unless asked otherwise. */
export function page<Row>(request: ApiRequest, rows: readonly Row[], options: PageOptions<Row>): ApiReply {
  const { shown, number, size, uri, first, previous, next } = cut(request, rows, options);
  const urlOf = (path: string) => `https://${options.host}${path}`;
  return ok({
    [options.key]: shown,
    meta: {
      page: number,
      page_size: size,
      first_page_url: urlOf(first),
      previous_page_url: previous && urlOf(previous),
      url: urlOf(uri),
      next_page_url: next && urlOf(next),
      key: options.key,
    },
  });
}

/** The same in the envelope of api.twilio.com, which has paths and no `meta`: https://www.twilio.com/docs/usage/twilios-response */
export function pageOfPaths<Row>(request: ApiRequest, rows: readonly Row[], options: List<Row>): ApiReply {
  const { shown, number, size, uri, first, previous, next } = cut(request, rows, options);
  const start = number * size;
  return ok({
    [options.key]: shown,
    page: number,
    page_size: size,
    start,
    end: start + Math.max(shown.length - 1, 0),
    uri,
    first_page_uri: first,
    previous_page_uri: previous,
    next_page_uri: next,
  });
}

function cut<Row>(request: ApiRequest, rows: readonly Row[], { render, largest = 1000, at }: List<Row>) {
  const size = Math.min(request.form.int("PageSize") ?? 50, largest);
  const token = readToken(request.form);
  const { number } = token;
  const start = number * size;
  const [from, to] = at && token.beside !== undefined ? besideOf(rows.map(at), size, token) : [start, start + size];
  const shown = rows.slice(from, to);
  const path = request.url.split("?")[0];
  const filters = request.form.entries().filter(([name]) => !["PageSize", "Page", "PageToken"].includes(name));
  const uriOf = (index: number, token?: string) =>
    `${path}?${new URLSearchParams([
      ...filters,
      ["PageSize", String(size)],
      ["Page", String(index)],
      ...(token ? [["PageToken", token]] : []),
    ] as [string, string][])}`;
  const more = to < rows.length;
  const beside = (row: Row | undefined) => (at && row !== undefined ? `.${at(row)}` : "");
  return {
    shown: shown.map(render),
    number,
    size,
    uri: uriOf(number),
    first: uriOf(0),
    previous: number > 0 ? uriOf(number - 1, `PB${number - 1}${beside(shown[0])}`) : null,
    next: more ? uriOf(number + 1, `PA${number + 1}${beside(shown.at(-1))}`) : null,
  };
}

interface Token {
  number: number;
  /** The row that the page comes after, or before. */
  beside?: number;
  before?: boolean;
}

/** That a token of no page is refused, and how, is unverified. */
function readToken(form: Params): Token {
  const token = form.get("PageToken");
  if (!token) return { number: 0 };
  const [, side, number, beside] = /^P([AB])(\d+)(?:\.(-?\d+))?$/.exec(token) ?? [];
  if (number === undefined) throw new ApiError(400, 20001, "PageToken is not one of this list");
  return { number: Number(number), ...(beside ? { beside: Number(beside), before: side === "B" } : {}) };
}

function besideOf(places: readonly number[], size: number, { beside = 0, before }: Token): [from: number, to: number] {
  const passed = places.filter((place) => (before ? place < beside : place <= beside)).length;
  return before ? [Math.max(0, passed - size), passed] : [passed, passed + size];
}
