import { sidFor, sidGenerator } from "../../src/simulator/sids";

const names = ["CH", "CH", "IM", "CH"];

it("makes SIDs of two letters and 32 hex digits", () => {
  expect(sidGenerator("seed")("CH")).toMatch(/^CH[0-9a-f]{32}$/);
});

it("never makes the same SID twice", () => {
  const newSid = sidGenerator("seed");
  const sids = Array.from({ length: 1000 }, () => newSid("CH"));
  expect(new Set(sids).size).toBe(1000);
});

it("repeats with the same seed", () => {
  expect(names.map(sidGenerator("seed"))).toEqual(names.map(sidGenerator("seed")));
});

it("makes others with another seed", () => {
  expect(sidGenerator("one")("CH")).not.toBe(sidGenerator("two")("CH"));
});

it("gives a name one SID for each prefix", () => {
  expect(sidFor("WQ", "Everyone")).toBe(sidFor("WQ", "Everyone"));
  expect(sidFor("WQ", "Everyone").slice(2)).not.toBe(sidFor("WW", "Everyone").slice(2));
});
