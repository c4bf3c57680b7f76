import { ApiError, unserved } from "../../server/api-error";
import { pageOfPaths } from "../../server/page";
import type { Params } from "../../server/params";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { type NumberSettings, numberSettings, type PhoneNumberRow } from "../rows";
import { messagingWire } from "../wire";

/** What is for sale here: numbers that are nobody's, https://en.wikipedia.org/wiki/555_(telephone_number) */
const FOR_SALE = /^\+1555010\d{4}$/;

const CHANGEABLE = ["FriendlyName", "PhoneNumber", "ApiVersion", ...Object.keys(numberSettings)];

/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export function numberRoutes(world: World): Routes {
  const { senders } = world;
  const render = messagingWire(world.account.sid).phoneNumber;

  function change(row: PhoneNumberRow, form: Params): void {
    row.friendlyName = form.get("FriendlyName") ?? row.friendlyName;
    const given = form.entries().filter(([name]) => name in numberSettings);
    row.settings = { ...row.settings, ...(Object.fromEntries(given) as Partial<NumberSettings>) };
    row.updatedAt = world.clock.now();
  }

  return {
    "GET /IncomingPhoneNumbers.json"(request) {
      const rows = [...senders.numbers.values()].filter(filterOf(request.form));
      return pageOfPaths(request, rows, { key: "incoming_phone_numbers", render });
    },
    "POST /IncomingPhoneNumbers.json"({ form }) {
      refuseUnserved(form);
      const phoneNumber = form.require("PhoneNumber");
      if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber))
        throw new ApiError(400, 21421, `${phoneNumber} is not a valid number`);
      // 21422, https://www.twilio.com/docs/api/errors/21422
      if (!FOR_SALE.test(phoneNumber) || senders.numberAt(phoneNumber)) {
        throw new ApiError(400, 21422, `${phoneNumber} is not available`);
      }
      const row = senders.add(phoneNumber, world.newSid("PN"));
      change(row, form);
      return created(render(row));
    },
    "GET /IncomingPhoneNumbers/:sid.json": ({ params }) => ok(render(senders.number(String(params.sid)))),
    "POST /IncomingPhoneNumbers/:sid.json"({ params, form }) {
      refuseUnserved(form);
      const row = senders.number(String(params.sid));
      change(row, form);
      return ok(render(row));
    },
    "DELETE /IncomingPhoneNumbers/:sid.json"({ params }) {
      senders.numbers.delete(senders.number(String(params.sid)).sid);
      return noContent();
    },
  };
}

function refuseUnserved(form: Params): void {
  for (const [name] of form.entries()) {
    if (!CHANGEABLE.includes(name)) throw unserved(`${name} of a phone number`);
  }
}

/** A part of a number will do, and `*` stands for any digit. */
function filterOf(form: Params) {
  const pattern = form
    .get("PhoneNumber")
    ?.replace(/[^\d*]/g, "")
    .replaceAll("*", "\\d");
  const number = new RegExp(pattern ?? "");
  const name = form.get("FriendlyName");
  const isOther = form.bool("Beta") === true || (form.get("Origin") ?? "twilio") !== "twilio";
  return ({ phoneNumber, friendlyName }: PhoneNumberRow) =>
    !isOther && number.test(phoneNumber) && (name === undefined || friendlyName === name);
}
