import { readDocuments } from "../../../src/simulator/contract/documents";
import { contract, responseViolations, sid } from "./requests";

const fetchDocument = "GET https://sync.twilio.com/v1/Services/default/Documents/state";

it("passes a resource with every key", () => {
  expect(responseViolations(fetchDocument, 200, document())).toEqual([]);
});

it("misses a key that Twilio always sends", () => {
  const { revision, ...rest } = document();
  expect(responseViolations(fetchDocument, 200, rest)).toEqual(["key revision is missing"]);
});

it("refuses a key that Twilio never sends", () => {
  expect(
    responseViolations(fetchDocument, 200, {
      ...document(),
      uniqueName: "state",
    }),
  ).toEqual(["key uniqueName is not documented"]);
});

it("takes null where the document does", () => {
  expect(
    responseViolations(fetchDocument, 200, {
      ...document(),
      date_expires: null,
    }),
  ).toEqual([]);
});

it("wants dates in ISO 8601", () => {
  const body = {
    ...document(),
    date_created: "Sat, 31 Jan 2026 10:00:00 +0000",
  };
  expect(responseViolations(fetchDocument, 200, body)).toEqual(['key date_created must match format "date-time"']);
});

it("wants SIDs of the right kind", () => {
  expect(
    responseViolations(fetchDocument, 200, {
      ...document(),
      service_sid: sid("ZS"),
    }),
  ).toEqual(['key service_sid must match pattern "^IS[0-9a-fA-F]{32}$"']);
});

it("takes documented success codes alone", () => {
  expect(responseViolations(fetchDocument, 201, document())).toEqual(["status 201 is not one of 200"]);
});

it("says nothing of the values it refuses", () => {
  const body = { ...document(), date_created: "my secret" };
  expect(responseViolations(fetchDocument, 200, body).join()).not.toContain("secret");
});

it("wants no body with 204", () => {
  const remove = "DELETE https://sync.twilio.com/v1/Services/default/Documents/state";
  expect(responseViolations(remove, 204, undefined)).toEqual([]);
  expect(responseViolations(remove, 204, {})).toEqual(["the body must be empty"]);
});

it("takes 201 for a created Interaction as well as the documented 200", () => {
  const create = "POST https://flex-api.twilio.com/v1/Interactions";
  expect(responseViolations(create, 200, interaction())).toEqual([]);
  expect(responseViolations(create, 201, interaction())).toEqual([]);
  expect(responseViolations(create, 202, interaction())).toEqual(["status 202 is not one of 200, 201"]);
});

it("looks into the rows of a list", () => {
  const list = "GET https://sync.twilio.com/v1/Services/default/Documents";
  const body = {
    documents: [document(), { ...document(), revision: 3 }],
    meta: meta(),
  };
  expect(responseViolations(list, 200, body)).toEqual(["key documents[1].revision must be string or null"]);
});

it("wants the whole envelope of a list", () => {
  const { key, ...rest } = meta();
  const list = `GET https://taskrouter.twilio.com/v1/Workspaces/${sid("WS")}/Tasks`;
  expect(responseViolations(list, 200, { tasks: [], meta: rest })).toEqual(["key meta.key is missing"]);
});

it("wants Twilio's form of an error, whatever the operation", () => {
  const error = {
    code: 20404,
    message: "not found",
    more_info: "https://www.twilio.com/docs/errors/20404",
    status: 404,
  };
  expect(responseViolations(fetchDocument, 404, error)).toEqual([]);
  expect(responseViolations(fetchDocument, 404, { message: "not found" })).toHaveLength(3);
  expect(responseViolations(fetchDocument, 409, error)).toEqual(["key status must be the reply's own, 409"]);
});

it("finds no fault with Twilio's own examples, but for three that contradict their schemas", () => {
  const hosts = ["conversations", "flex-api", "taskrouter", "studio", "sync", "serverless"];
  const examples = hosts.flatMap((host) => examplesOf(`${host}.twilio.com`));
  const faulty = examples.filter(
    ({ operation, status, body }) => contract.checkResponse(operation, status, body).length > 0,
  );
  expect(examples.length).toBeGreaterThan(400);
  expect(faulty.map(({ operation, name }) => `${operation.id} ${name}`)).toEqual([
    "FetchServiceWebhookConfiguration fetchEmpty",
    "ListConfiguredPlugin readFull",
    "FetchConfiguredPlugin fetch",
  ]);
});

function examplesOf(host: string) {
  const examples = readDocuments(host).flatMap(({ paths }) => Object.entries(paths));
  return examples.flatMap(([path, item]) =>
    ["get", "post", "put"].flatMap((method) => {
      const operation = contract.find(host, method, path);
      const { responses = {} } = (item[method] ?? {}) as {
        responses?: Record<string, Documented>;
      };
      if (!operation) return [];
      return Object.entries(responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content["application/json"]?.examples ?? {}).map(([name, { value }]) => ({
          operation,
          status: Number(status),
          name,
          body: value,
        })),
      );
    }),
  );
}

interface Documented {
  content?: Record<string, { examples?: Record<string, { value: unknown }> }>;
}

function document() {
  const url = `https://sync.twilio.com/v1/Services/${sid("IS")}/Documents/${sid("ET")}`;
  return {
    sid: sid("ET"),
    unique_name: "state",
    account_sid: sid("AC"),
    service_sid: sid("IS"),
    url,
    links: { permissions: `${url}/Permissions` },
    revision: "0",
    data: { state: "open" },
    date_expires: "2027-01-31T10:00:00Z",
    date_created: "2026-01-31T10:00:00Z",
    date_updated: "2026-01-31T10:00:00Z",
    created_by: "system",
  };
}

function interaction() {
  const url = `https://flex-api.twilio.com/v1/Interactions/${sid("KD")}`;
  return {
    sid: sid("KD"),
    channel: { type: "web", sid: sid("UO") },
    routing: null,
    interaction_context_sid: null,
    webhook_ttid: null,
    url,
    links: { channels: `${url}/Channels` },
  };
}

function meta() {
  const url = "https://sync.twilio.com/v1/Services/default/Documents?PageSize=50&Page=0";
  return {
    page: 0,
    page_size: 50,
    first_page_url: url,
    previous_page_url: null,
    url,
    next_page_url: null,
    key: "documents",
  };
}
