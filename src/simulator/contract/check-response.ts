import { allowancesFor } from "./allowances";
import type { DocumentedOperation } from "./documents";
import { type JsonSchema, toJsonSchema } from "./json-schema";
import type { Compile, Validate } from "./validator";

export type ResponseCheck = (status: number, body: unknown) => string[];

/** https://www.twilio.com/docs/usage/twilios-response; Twilio's documents leave errors out. */
const errorSchema: JsonSchema = {
  type: "object",
  properties: {
    code: { type: "integer" },
    message: { type: "string" },
    more_info: { type: "string", format: "uri" },
    status: { type: "integer" },
    details: {},
  },
  required: ["code", "message", "more_info", "status"],
  additionalProperties: false,
};

export function errorCheck(compile: Compile): ResponseCheck {
  const validate = compile(errorSchema, "key");
  return (status, body) => {
    const violations = validate(body);
    const differs = violations.length === 0 && (body as { status: number }).status !== status;
    return differs ? [`key status must be the reply's own, ${status}`] : violations;
  };
}

export function successCheck(operation: DocumentedOperation, compile: Compile): ResponseCheck {
  const bodies = documentedBodies(operation, compile);
  const allowed = allowancesFor(operation.definition.operationId).flatMap(({ statuses = [] }) => statuses);
  return (status, body) => {
    const validate = bodies.get(status) ?? (allowed.includes(status) ? [...bodies.values()][0] : undefined);
    return validate ? validate(body) : [`status ${status} is not one of ${[...bodies.keys(), ...allowed].join(", ")}`];
  };
}

function documentedBodies({ definition, document }: DocumentedOperation, compile: Compile): Map<number, Validate> {
  const answers = Object.entries(definition.responses).filter(([status]) => Number(status) < 400);
  return new Map(
    answers.map(([status, { content = {} }]) => {
      const [json] = Object.values(content);
      return [Number(status), json ? compile(toJsonSchema(json.schema, document, { exact: true }), "key") : noBody];
    }),
  );
}

const noBody: Validate = (body) => (body === undefined || body === "" ? [] : ["the body must be empty"]);
