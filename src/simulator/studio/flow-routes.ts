import { ApiError } from "../server/api-error";
import { page } from "../server/page";
import type { Params } from "../server/params";
import { created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { readDefinition } from "./flows";
import { revisionNamed } from "./revisions";
import type { FlowRow, FlowStatus, RevisionRow } from "./rows";
import { studioWire } from "./wire";

const HOST = "studio.twilio.com";

/** https://www.twilio.com/docs/studio/rest-api/v2/flow */
export function flowRoutes(world: World): Routes {
  const render = studioWire(world.account);
  return {
    "POST /v2/Flows": ({ form }) => created(render.flow(world.studio.createFlow(readFlow(form)))),
    "POST /v2/Flows/Validate"({ form }) {
      readDefinition(readFlow(form).definition);
      return ok({ valid: true });
    },
    "GET /v2/Flows": (request) =>
      page(request, [...world.studio.flows.values()], { host: HOST, key: "flows", render: render.flowInList }),
    "GET /v2/Flows/:flow": ({ params }) => ok(render.flow(world.studio.flow(params.flow ?? ""))),
    "POST /v2/Flows/:flow"({ params, form }) {
      const change = {
        status: readStatus(form),
        friendlyName: form.get("FriendlyName"),
        definition: form.json("Definition"),
        commitMessage: form.get("CommitMessage"),
      };
      return ok(render.flow(world.studio.updateFlow(params.flow ?? "", change)));
    },
    "DELETE /v2/Flows/:flow"({ params }) {
      world.studio.deleteFlow(params.flow ?? "");
      return noContent();
    },
    "GET /v2/Flows/:flow/TestUsers": ({ params }) => ok(render.testUsers(world.studio.flow(params.flow ?? ""))),
    "POST /v2/Flows/:flow/TestUsers": ({ params, form }) =>
      ok(render.testUsers(world.studio.setTestUsers(params.flow ?? "", form.all("TestUsers")))),
    "GET /v2/Flows/:flow/Revisions"(request) {
      const flow = world.studio.flow(request.params.flow ?? "");
      return page(request, flow.revisions.toReversed(), {
        host: HOST,
        key: "revisions",
        render: (revision) => render.revisionInList(flow, revision),
      });
    },
    "GET /v2/Flows/:flow/Revisions/:revision"({ params }) {
      const flow = world.studio.flow(params.flow ?? "");
      return ok(render.revision(flow, revisionOf(flow, params.revision ?? "")));
    },
  };
}

function readFlow(form: Params) {
  form.require("Definition");
  return {
    friendlyName: form.require("FriendlyName"),
    status: readStatus(form),
    definition: form.json("Definition"),
    commitMessage: form.get("CommitMessage"),
  };
}

function readStatus(form: Params): FlowStatus {
  const status = form.require("Status");
  if (status === "draft" || status === "published") return status;
  throw new ApiError(400, 20001, "Status must be draft or published");
}

/** 81021: https://www.twilio.com/docs/api/errors/81021 (its status is unverified). */
function revisionOf(flow: FlowRow, name: string): RevisionRow {
  const revision = revisionNamed(flow, name);
  if (!revision) throw new ApiError(404, 81021, `Flow ${flow.sid} has no revision ${name}`);
  return revision;
}
