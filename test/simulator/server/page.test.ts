import { page } from "../../../src/simulator/server/page";
import { Params } from "../../../src/simulator/server/params";

interface Page {
  rows: string[];
  meta: Record<string, unknown> & { next_page_url: string | null; previous_page_url: string | null };
}

it("answers fifty rows unless asked otherwise, and says where more are", () => {
  const { rows, meta } = open("https://sync.twilio.com/v1/Services", 60);
  expect(rows).toHaveLength(50);
  expect(meta).toEqual({
    page: 0,
    page_size: 50,
    key: "rows",
    url: "https://sync.twilio.com/v1/Services?PageSize=50&Page=0",
    first_page_url: "https://sync.twilio.com/v1/Services?PageSize=50&Page=0",
    previous_page_url: null,
    next_page_url: "https://sync.twilio.com/v1/Services?PageSize=50&Page=1&PageToken=PA1",
  });
});

it("leads from page to page to the end, and back", () => {
  const first = open("https://sync.twilio.com/v1/Services?PageSize=2", 5);
  const second = open(String(first.meta.next_page_url), 5);
  const third = open(String(second.meta.next_page_url), 5);
  expect([first, second, third].map(({ rows }) => rows)).toEqual([["0", "1"], ["2", "3"], ["4"]]);
  expect(third.meta.next_page_url).toBeNull();
  expect(open(String(third.meta.previous_page_url), 5).rows).toEqual(["2", "3"]);
});

it("ends with a full page when nothing is left", () => {
  expect(open("https://sync.twilio.com/v1/Services?PageSize=2", 2).meta.next_page_url).toBeNull();
});

it("keeps the filters in its links", () => {
  const { meta } = open("https://sync.twilio.com/v1/Services?Name=a%20b&Name=c&PageSize=1", 2);
  expect(new URL(String(meta.next_page_url)).searchParams.getAll("Name")).toEqual(["a b", "c"]);
});

it("answers no more than the list's largest page", () => {
  expect(open("https://sync.twilio.com/v1/Services?PageSize=1000", 60, 20).rows).toHaveLength(20);
});

it("refuses a token of no page, rather than begin anew", () => {
  expect(() => open("https://sync.twilio.com/v1/Services?PageToken=next", 5)).toThrow("PageToken");
});

it("is empty where there is nothing", () => {
  expect(open("https://sync.twilio.com/v1/Services", 0)).toMatchObject({ rows: [], meta: { next_page_url: null } });
});

function open(address: string, count: number, largest?: number): Page {
  const url = new URL(address);
  const request = { params: {}, form: new Params(url.searchParams), headers: {}, url: url.pathname + url.search };
  const rows = Array.from({ length: count }, (_, index) => index);
  return page(request, rows, { host: url.host, key: "rows", render: String, largest }).body as Page;
}
