import { Params } from "../../../src/simulator/server/params";

const params = new Params(
  new URLSearchParams(
    "Body=Hello&Filters=onMessageAdded&Filters=onMessageRemoved&Enabled=True&Index=-3&Empty=&When=2026-11-24&Channel=%7B%22type%22%3A%22sms%22%7D",
  ),
);

it("reads texts, lists, truths, numbers, dates and JSON", () => {
  expect({
    text: params.get("Body"),
    list: params.all("Filters"),
    truth: params.bool("Enabled"),
    number: params.int("Index"),
    date: params.date("When"),
    json: params.json("Channel"),
  }).toEqual({
    text: "Hello",
    list: ["onMessageAdded", "onMessageRemoved"],
    truth: true,
    number: -3,
    date: new Date("2026-11-24"),
    json: { type: "sms" },
  });
});

it("knows nothing of what was not sent", () => {
  const readings = [params.get("No"), params.bool("No"), params.int("No"), params.date("No"), params.json("No")];
  expect([params.has("No"), params.all("No"), ...readings]).toEqual([false, [], ...readings.map(() => undefined)]);
});

it("takes any truth but true for false", () => {
  expect(params.bool("Body")).toBe(false);
});

it.each(["No", "Empty"])("refuses to go on without a parameter it needs: %s", (name) => {
  expect(() => params.require(name)).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringContaining(name) }),
  );
});

it.each(["int", "date", "json"] as const)("names a parameter that is no %s", (read) => {
  expect(() => params[read]("Body")).toThrow(
    expect.objectContaining({ status: 400, code: 20001, message: expect.stringContaining("Body") }),
  );
});
