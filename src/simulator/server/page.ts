import { type ApiReply, type ApiRequest, ok } from "./routes";

interface PageOptions<Row> {
  /** The host the list is served under, for its page URLs. */
  host: string;
  key: string;
  render(row: Row): unknown;
  largest?: number;
}

/** Answers a list in Twilio's envelope, 50 a page unless asked otherwise. */
export function page<Row>(request: ApiRequest, rows: readonly Row[], options: PageOptions<Row>): ApiReply {
  const size = Math.min(request.form.int("PageSize") ?? 50, options.largest ?? 1000);
  const number = pageNumber(request);
  const path = request.url.split("?")[0];
  const filters = request.form.entries().filter(([name]) => !["PageSize", "Page", "PageToken"].includes(name));
  const urlOf = (index: number, token?: string) =>
    `https://${options.host}${path}?${new URLSearchParams([
      ...filters,
      ["PageSize", String(size)],
      ["Page", String(index)],
      ...(token ? [["PageToken", token]] : []),
    ] as [string, string][])}`;
  const more = (number + 1) * size < rows.length;
  return ok({
    [options.key]: rows.slice(number * size, (number + 1) * size).map(options.render),
    meta: {
      page: number,
      page_size: size,
      first_page_url: urlOf(0),
      previous_page_url: number > 0 ? urlOf(number - 1, `PB${number - 1}`) : null,
      url: urlOf(number),
      next_page_url: more ? urlOf(number + 1, `PA${number + 1}`) : null,
      key: options.key,
    },
  });
}

function pageNumber(request: ApiRequest): number {
  const token = request.form.get("PageToken");
  if (token) return Number(/^P[AB](\d+)$/.exec(token)?.[1] ?? 0);
  return 0;
}
