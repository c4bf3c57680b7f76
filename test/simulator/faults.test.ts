import { createFaults, type Faults } from "../../src/simulator/faults";
import { errorOf } from "../../src/simulator/faults/fault";

let faults: Faults;
beforeEach(() => {
  faults = createFaults();
});

it("strikes the operation it was ordered for, and no other", () => {
  faults.add({ operation: "CreateInteraction", status: 500 });
  expect(codesOf("CreateConversation", "CreateInteraction")).toEqual(["passed", 20500]);
});

it("strikes once unless more was ordered", () => {
  faults.add({ operation: "CreateInteraction", status: 500 });
  expect(codesOf("CreateInteraction", "CreateInteraction")).toEqual([20500, "passed"]);
});

it("strikes as often as ordered", () => {
  faults.add({ operation: "CreateInteraction", status: 500, times: 2 });
  expect(codesOf("CreateInteraction", "CreateInteraction", "CreateInteraction")).toEqual([20500, 20500, "passed"]);
});

it("strikes in the order in which faults were ordered", () => {
  faults.add({ operation: "CreateInteraction", status: 409, code: 50416 });
  faults.add({ operation: "CreateInteraction", status: 429 });
  expect(codesOf("CreateInteraction", "CreateInteraction")).toEqual([50416, 20429]);
});

it("forgets what was ordered when it is cleared", () => {
  faults.add({ operation: "CreateInteraction", status: 500 });
  faults.clear();
  expect(codesOf("CreateInteraction")).toEqual(["passed"]);
});

function codesOf(...operations: string[]) {
  return operations.map((operation) => {
    const fault = faults.meet(operation);
    return fault && "status" in fault ? errorOf(fault).code : "passed";
  });
}
