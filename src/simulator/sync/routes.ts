import { notFound } from "../server/api-error";
import { page } from "../server/page";
import { type ApiReply, type ApiRequest, created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import type { DocumentRow } from "./documents";
import { readNewDocument, readUpdate } from "./read-change";
import { renderDocument, renderService } from "./wire";

const HOST = "sync.twilio.com";

/** https://www.twilio.com/docs/sync/api: the default service and its Documents. Lists, Maps and Streams are not here. */
export function syncRoutes({ account, sync }: Pick<World, "account" | "sync">): Routes {
  const { service } = sync;
  const render = (row: DocumentRow) => renderDocument(row, service, account.sid);
  const tagged = (row: DocumentRow) => [render(row), { ETag: `"${row.revision}"` }] as const;

  /** The default service alone exists, under its SID and as `default`. */
  function inService(handle: (request: ApiRequest) => ApiReply): (request: ApiRequest) => ApiReply {
    return (request) => {
      const { service: asked = "" } = request.params;
      if (asked !== "default" && asked !== service.sid) throw notFound(`/Services/${asked}`);
      return handle(request);
    };
  }

  const documentIn = ({ params }: ApiRequest) => params.document ?? "";
  return {
    "GET /v1/Services": (request) =>
      page(request, [service], {
        host: HOST,
        key: "services",
        render: (row) => renderService(row, account.sid),
        largest: 100,
      }),
    "GET /v1/Services/:service": inService(() => ok(renderService(service, account.sid))),
    "GET /v1/Services/:service/Documents": inService((request) =>
      page(request, [...sync.documents.values()], { host: HOST, key: "documents", render, largest: 100 }),
    ),
    "POST /v1/Services/:service/Documents": inService((request) =>
      created(...tagged(sync.createDocument(readNewDocument(request)))),
    ),
    "GET /v1/Services/:service/Documents/:document": inService((request) =>
      ok(...tagged(sync.document(documentIn(request)))),
    ),
    "POST /v1/Services/:service/Documents/:document": inService((request) =>
      ok(...tagged(sync.updateDocument(documentIn(request), readUpdate(request)))),
    ),
    "DELETE /v1/Services/:service/Documents/:document": inService((request) => {
      sync.deleteDocument(documentIn(request));
      return noContent();
    }),
  };
}
