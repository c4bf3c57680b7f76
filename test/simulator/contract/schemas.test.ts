import { Ajv } from "ajv";
import { requestCheck } from "../../../src/simulator/contract/check-request";
import { errorCheck, successCheck } from "../../../src/simulator/contract/check-response";
import { operationIndex } from "../../../src/simulator/contract/operations";
import type { Compile } from "../../../src/simulator/contract/validator";

const HOSTS = ["api", "content", "conversations", "flex-api", "iam", "messaging", "serverless", "studio", "sync"];

/** The simulator itself takes every schema as it is, which saves each start the reading of the schema of schemas. */
it("makes schemas of Twilio's documents that are schemas", () => {
  const ajv = new Ajv({ strict: false });
  let count = 0;
  const compile: Compile = (schema) => {
    count += 1;
    expect({ schema, isValid: ajv.validateSchema(schema) }).toEqual({ schema, isValid: true });
    return () => [];
  };
  const operations = operationIndex();
  for (const name of [...HOSTS, "taskrouter"]) {
    const host = `${name}.twilio.com`;
    for (const { method, path } of operations.all(host)) {
      const operation = operations.find(host, method, path);
      const documented = operation && operations.documentation(operation);
      if (!documented) continue;
      requestCheck(documented, compile);
      successCheck(documented, compile);
    }
  }
  errorCheck(compile);
  expect(count).toBeGreaterThan(1_000);
});
