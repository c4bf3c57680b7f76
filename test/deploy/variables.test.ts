import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { variables } from "../../src/config/variables";

const example = readFileSync(".env.example", "utf8");

describe("the variables of the deployed Functions", () => {
  it("are those of .env.example, with the same words and without values", () => {
    expect(parseEnv(example)).toEqual(Object.fromEntries(variables.map(({ name }) => [name, ""])));
    for (const { name, about } of variables) expect(example).toContain(`# ${about}\n${name}=\n`);
  });

  it("stand in the README", () => {
    const readme = readFileSync("README.md", "utf8");
    for (const { name } of variables) expect(readme).toContain(`\`${name}\``);
  });
});
