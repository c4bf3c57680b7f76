import { readFileSync, writeFileSync } from "node:fs";
import { operationsTable, type Product, productsOf } from "../../src/simulator/contract/operations-table";
import { partly } from "../../src/simulator/contract/partly";
import { apiHosts } from "../../src/simulator/server/api-hosts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator";

const PAGE = "docs/simulator.md";
const REWRITE = "UPDATE_DOCS=1 npx jest test/simulator/operations-table.test.ts";

let simulator: Simulator;
let products: Product[];
beforeAll(async () => {
  simulator = await startSimulator();
  products = productsOf(apiHosts(simulator.world(), simulator.serverless));
});
afterAll(() => simulator.stop());

describe("the table of operations", () => {
  it(`in ${PAGE} is what is served; this rewrites it: ${REWRITE}`, () => {
    const page = readFileSync(PAGE, "utf8");
    const between = /(?<=<!-- operations -->\n)[\s\S]*(?=\n<!-- \/operations -->)/;
    expect(page).toMatch(between);
    const right = page.replace(between, () => operationsTable(products));
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, right);
    else expect({ page, rewrite: REWRITE }).toEqual({ page: right, rewrite: REWRITE });
  });

  it("says of served operations only that something is missing", () => {
    const named = Object.entries(partly).flatMap(([name, lacks]) => Object.keys(lacks).map((id) => `${name} ${id}`));
    const served = products.flatMap(({ name, served: ids }) => [...ids].map((id) => `${name} ${id}`));
    expect(named.filter((one) => !served.includes(one))).toEqual([]);
  });

  it("knows every route as an operation, so that none is served beside the contract", () => {
    const routes = Object.values(apiHosts(simulator.world(), simulator.serverless)).flatMap(Object.keys);
    expect(products.reduce((sum, { served }) => sum + served.size, 0)).toBe(routes.length);
  });
});
