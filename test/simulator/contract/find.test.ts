import { contract, operationOf, sid } from "./requests";

it("finds an operation by host, method and path", () => {
  expect(operationOf("POST https://flex-api.twilio.com/v1/Interactions")).toMatchObject({
    id: "CreateInteraction",
    path: "/v1/Interactions",
    documented: true,
  });
});

it("tells two methods of one path apart", () => {
  const path = `https://sync.twilio.com/v1/Services/default/Documents/${sid("ET")}`;
  expect(["GET", "POST", "DELETE"].map((method) => operationOf(`${method} ${path}`).id)).toEqual([
    "FetchDocument",
    "UpdateDocument",
    "DeleteDocument",
  ]);
});

it("prefers a literal segment to a parameter", () => {
  const workers = `https://taskrouter.twilio.com/v1/Workspaces/${sid("WS")}/Workers`;
  expect(operationOf(`GET ${workers}/Statistics`).path).toBe("/v1/Workspaces/{WorkspaceSid}/Workers/Statistics");
  expect(operationOf(`GET ${workers}/${sid("WK")}`).path).toBe("/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}");
});

it("reads both versions of one host", () => {
  expect(operationOf("POST https://flex-api.twilio.com/v2/WebChats").id).toBe("CreateWebChannel");
});

it("keeps the ending of 2010 paths out of the parameter", () => {
  const message = operationOf(`GET https://api.twilio.com/2010-04-01/Accounts/${sid("AC")}/Messages/${sid("SM")}.json`);
  expect(message).toMatchObject({ id: "FetchMessage", params: { AccountSid: sid("AC"), Sid: sid("SM") } });
});

it("hands over what the path holds, decoded", () => {
  const { params } = operationOf("GET https://sync.twilio.com/v1/Services/default/Documents/contact.viber%5F1");
  expect(params).toEqual({ ServiceSid: "default", Sid: "contact.viber_1" });
});

it.each([
  ["ValidateToken", `POST https://iam.twilio.com/v1/Accounts/${sid("AC")}/Tokens/validate`],
  ["CreateMedia", `POST https://mcs.us1.twilio.com/v1/Services/${sid("IS")}/Media`],
  ["FetchMedia", `GET https://mcs.us1.twilio.com/v1/Services/${sid("IS")}/Media/${sid("ME")}`],
  [
    "UpdateInteractionChannelInvite",
    `POST https://flex-api.twilio.com/v1/Interactions/${sid("KD")}/Channels/${sid("UO")}/Invites/${sid("KG")}`,
  ],
])("knows %s although no document has it", (id, request) => {
  expect(operationOf(request)).toMatchObject({ id, documented: false });
});

it("finds nothing where Twilio has nothing", () => {
  expect(contract.find("flex-api.twilio.com", "DELETE", "/v1/Interactions")).toBeUndefined();
  expect(contract.find("conversations.twilio.com", "GET", "/v1/Conversation")).toBeUndefined();
  expect(contract.find("example.com", "GET", "/v1/Conversations")).toBeUndefined();
});
