import { defaultHours, type Hours, hoursSchema, openingAt } from "../../src/config/hours";

const berlin: Hours = {
  timeZone: "Europe/Berlin",
  week: {
    sun: [],
    mon: [
      ["09:00", "12:00"],
      ["13:00", "17:00"],
    ],
    tue: [["09:00", "17:00"]],
    wed: [["09:00", "17:00"]],
    thu: [["09:00", "17:00"]],
    fri: [["22:00", "24:00"]],
    sat: [["00:00", "02:00"]],
  },
  holidays: [
    { date: "2026-12-24", name: "Christmas Eve", hours: [["09:00", "12:00"]] },
    { date: "2026-12-25", name: "Christmas Day", hours: [] },
  ],
};

const at = (time: string) => openingAt(berlin, new Date(time));

describe("opening hours", () => {
  it.each([
    ["a Monday morning", "2026-11-23T08:00:00Z", true],
    ["the minute it opens", "2026-11-23T08:00:00Z", true],
    ["the second before it opens", "2026-11-23T07:59:59Z", false],
    ["the minute it closes", "2026-11-23T16:00:00Z", false],
    ["the lunch break", "2026-11-23T11:30:00Z", false],
    ["a Sunday", "2026-11-22T12:00:00Z", false],
    ["shortly before midnight in a night written as two intervals", "2026-11-27T22:59:00Z", true],
    ["shortly after midnight of that night", "2026-11-27T23:01:00Z", true],
    ["a holiday of its own hours, while they last", "2026-12-24T09:00:00Z", true],
    ["a holiday of its own hours, afterwards", "2026-12-24T12:00:00Z", false],
    ["a holiday without hours", "2026-12-25T09:00:00Z", false],
    ["a summer morning, two hours ahead of UTC", "2026-07-20T07:00:00Z", true],
    ["the same UTC time in winter", "2026-11-23T07:00:00Z", false],
  ])("on %s (%s) the centre is open: %s", (_, time, open) => {
    expect(at(time).open).toBe(open);
  });

  it("says when it closes while open, and when it opens while closed", () => {
    expect(at("2026-11-23T09:00:00Z").closesAt).toEqual(new Date("2026-11-23T11:00:00Z"));
    expect(at("2026-11-23T11:30:00Z").opensAt).toEqual(new Date("2026-11-23T12:00:00Z"));
    expect(at("2026-11-22T12:00:00Z").opensAt).toEqual(new Date("2026-11-23T08:00:00Z"));
  });

  it("finds the right opening across the night the clocks change", () => {
    expect(openingAt(defaultHours, new Date("2026-11-01T03:00:00Z")).opensAt).toEqual(new Date("2026-11-02T13:00:00Z"));
    expect(openingAt(defaultHours, new Date("2026-03-08T03:00:00Z")).opensAt).toEqual(new Date("2026-03-09T12:00:00Z"));
  });

  it("names the holiday as the reason", () => {
    expect(at("2026-12-25T09:00:00Z")).toMatchObject({ open: false, reason: "Christmas Day" });
  });

  it("plans nothing where there are no hours at all", () => {
    const never = {
      ...berlin,
      week: { ...berlin.week, mon: [], tue: [], wed: [], thu: [], fri: [], sat: [] },
      holidays: [],
    };
    expect(openingAt(never, new Date("2026-11-22T12:00:00Z"))).toEqual({ open: false, reason: "hours" });
  });

  it.each([
    ["a zone that does not exist", { ...berlin, timeZone: "Mars/Olympus" }],
    ["a time that does not exist", { ...berlin, week: { ...berlin.week, mon: [["09:00", "25:00"]] } }],
    ["an interval that ends before it starts", { ...berlin, week: { ...berlin.week, mon: [["22:00", "02:00"]] } }],
    ["a week without Sunday", { ...berlin, week: { ...berlin.week, sun: undefined } }],
    ["a date in another form", { ...berlin, holidays: [{ date: "25.12.2026", name: "Christmas" }] }],
  ])("cannot be set to %s", (_, hours) => {
    expect(hoursSchema.safeParse(hours).success).toBe(false);
  });

  it("come with defaults that are valid themselves", () => {
    expect(hoursSchema.safeParse(defaultHours).success).toBe(true);
  });
});
