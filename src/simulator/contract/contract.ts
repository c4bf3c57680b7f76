import { type CheckedRequest, type RequestCheck, requestCheck } from "./check-request";
import { errorCheck, type ResponseCheck, successCheck } from "./check-response";
import type { DocumentedOperation } from "./documents";
import { type Operation, operationIndex } from "./operations";
import { schemaCompiler } from "./validator";

export type { CheckedRequest } from "./check-request";
export type { Operation } from "./operations";

/** Twilio's OpenAPI documents as a judge of requests and answers. Verdicts are violations in words; none is a pass. */
export interface Contract {
  /** The operation a request means, or nothing when Twilio has none there. `path` is the request's own, as sent. */
  find(host: string, method: string, path: string): Operation | undefined;
  checkRequest(operation: Operation, request: CheckedRequest): string[];
  /** `body` is the parsed JSON, `undefined` for an empty body. */
  checkResponse(operation: Operation, status: number, body: unknown): string[];
}

/** Costs nothing by itself: a document is read with the first request to its host, a check compiled at its first use. */
export function loadContract(): Contract {
  const { find, documentation } = operationIndex();
  const compile = schemaCompiler();
  const requestChecks = remembered<RequestCheck>((operation) => requestCheck(operation, compile));
  const successChecks = remembered<ResponseCheck>((operation) => successCheck(operation, compile));
  let checkError: ResponseCheck | undefined;
  return {
    find,
    checkRequest(operation, request) {
      const documented = documentation(operation);
      return documented ? requestChecks(documented)(operation.params, request) : [];
    },
    checkResponse(operation, status, body) {
      if (status >= 400) {
        checkError ??= errorCheck(compile);
        return checkError(status, body);
      }
      const documented = documentation(operation);
      return documented ? successChecks(documented)(status, body) : [];
    },
  };
}

function remembered<Check>(make: (operation: DocumentedOperation) => Check): (operation: DocumentedOperation) => Check {
  const made = new WeakMap<DocumentedOperation, Check>();
  return (operation) => {
    const check = made.get(operation) ?? make(operation);
    made.set(operation, check);
    return check;
  };
}
