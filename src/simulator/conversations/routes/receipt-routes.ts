import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { messageAt } from "./message-routes";
import { HOST, inBothForms, wireFor } from "./place";

/** https://www.twilio.com/docs/conversations-classic/api/receipt-resource */
export function receiptRoutes(world: World): Routes {
  return inBothForms({
    "GET /v1/Conversations/:conversation/Messages/:message/Receipts"(request) {
      const message = messageAt(world, request);
      const wire = wireFor(world, request);
      return page(request, message.receipts, {
        host: HOST,
        key: "delivery_receipts",
        render: (row) => wire.receipt(row, message),
        largest: 50,
      });
    },
    "GET /v1/Conversations/:conversation/Messages/:message/Receipts/:receipt"(request) {
      const message = messageAt(world, request);
      const row = message.receipts.find(({ sid }) => sid === request.params.receipt);
      if (!row) throw new ApiError(404, 20404, "Receipt not found");
      return ok(wireFor(world, request).receipt(row, message));
    },
  });
}
