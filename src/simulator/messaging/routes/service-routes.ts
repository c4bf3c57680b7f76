import { ApiError, notFound } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { poolOf } from "../choose-sender";
import type { MessagingServiceRow, PhoneNumberRow } from "../rows";
import { findService } from "../store";
import { messagingWire } from "../wire";

const HOST = "messaging.twilio.com";

type ServiceSettings = Omit<MessagingServiceRow, "sid" | "createdAt" | "updatedAt">;

/** https://www.twilio.com/docs/messaging/api/service-resource */
const DEFAULTS: ServiceSettings = {
  friendlyName: "",
  inboundRequestUrl: null,
  inboundMethod: "POST",
  fallbackUrl: null,
  fallbackMethod: "POST",
  statusCallback: null,
  stickySender: true,
  mmsConverter: true,
  smartEncoding: true,
  scanMessageContent: "inherit",
  fallbackToLongCode: true,
  areaCodeGeomatch: true,
  validityPeriod: 36_000,
  synchronousValidation: false,
  usecase: "undeclared",
  useInboundWebhookOnNumber: false,
};

/** Messaging Services and their senders: messaging.twilio.com v1. */
export function messagingServiceRoutes(world: World): Routes {
  const { senders } = world;
  const { store } = world.messaging;
  const wire = messagingWire(world.account.sid);
  const find = (params: Record<string, string>) => findService(store, String(params.service));
  const render = (row: PhoneNumberRow) => {
    const { serviceSid = "", addedAt = row.createdAt } = { ...row.pool };
    return wire.pooledNumber(row, serviceSid, addedAt);
  };
  const findPooled = (params: Record<string, string>) => {
    const { sid } = find(params);
    const row = senders.numbers.get(String(params.sid));
    if (row?.pool?.serviceSid !== sid) throw notFound(`PhoneNumbers/${params.sid}`);
    return row;
  };
  /** Senders of a kind that this account has none of. */
  const none = (key: string): Routes[string] => {
    return (request) => {
      find(request.params);
      return page(request, [], { host: HOST, key, render: (row) => row });
    };
  };

  return {
    "GET /v1/Services": (request) =>
      page(request, [...store.services.values()], { host: HOST, key: "services", render: wire.service }),
    "POST /v1/Services"({ form }) {
      const now = world.clock.now();
      const settings = readSettings(form, { ...DEFAULTS, friendlyName: form.require("FriendlyName") });
      const row = { sid: world.newSid("MG"), ...settings, createdAt: now, updatedAt: now };
      store.services.set(row.sid, row);
      return created(wire.service(row));
    },
    "GET /v1/Services/:service": ({ params }) => ok(wire.service(find(params))),
    "POST /v1/Services/:service"({ params, form }) {
      const row = find(params);
      Object.assign(row, readSettings(form, row), { updatedAt: world.clock.now() });
      return ok(wire.service(row));
    },
    "DELETE /v1/Services/:service"({ params }) {
      const { sid } = find(params);
      for (const number of poolOf(world, sid)) number.pool = null;
      store.services.delete(sid);
      return noContent();
    },
    "GET /v1/Services/:service/PhoneNumbers": (request) =>
      page(request, poolOf(world, find(request.params).sid), { host: HOST, key: "phone_numbers", render }),
    "POST /v1/Services/:service/PhoneNumbers"({ params, form }) {
      const { sid: serviceSid } = find(params);
      const row = senders.numbers.get(form.require("PhoneNumberSid"));
      refuseNumber(row, serviceSid);
      row.pool = { serviceSid, addedAt: world.clock.now() };
      return created(render(row));
    },
    "GET /v1/Services/:service/PhoneNumbers/:sid": ({ params }) => ok(render(findPooled(params))),
    "DELETE /v1/Services/:service/PhoneNumbers/:sid"({ params }) {
      findPooled(params).pool = null;
      return noContent();
    },
    "GET /v1/Services/:service/ShortCodes": none("short_codes"),
    "GET /v1/Services/:service/AlphaSenders": none("alpha_senders"),
    "GET /v1/Services/:service/DestinationAlphaSenders": none("alpha_senders"),
    "GET /v1/Services/:service/ChannelSenders": none("senders"),
  };
}

/** 21421, 21710 and 21712: https://www.twilio.com/docs/api/errors; their statuses are unverified. */
function refuseNumber(row: PhoneNumberRow | undefined, serviceSid: string): asserts row is PhoneNumberRow {
  if (!row) throw new ApiError(400, 21421, "The phone number SID is invalid");
  if (row.pool?.serviceSid === serviceSid) {
    throw new ApiError(409, 21710, "The phone number is in this Messaging Service already");
  }
  if (row.pool) throw new ApiError(409, 21712, "The phone number is associated with another Messaging Service");
}

function readSettings(form: Params, now: ServiceSettings): ServiceSettings {
  const method = (name: string, current: "GET" | "POST") => ((form.get(name) ?? current) === "GET" ? "GET" : "POST");
  const url = (name: string, current: string | null) => (form.has(name) ? form.get(name) || null : current);
  return {
    friendlyName: form.get("FriendlyName") ?? now.friendlyName,
    inboundRequestUrl: url("InboundRequestUrl", now.inboundRequestUrl),
    inboundMethod: method("InboundMethod", now.inboundMethod),
    fallbackUrl: url("FallbackUrl", now.fallbackUrl),
    fallbackMethod: method("FallbackMethod", now.fallbackMethod),
    statusCallback: url("StatusCallback", now.statusCallback),
    stickySender: form.bool("StickySender") ?? now.stickySender,
    mmsConverter: form.bool("MmsConverter") ?? now.mmsConverter,
    smartEncoding: form.bool("SmartEncoding") ?? now.smartEncoding,
    scanMessageContent: form.get("ScanMessageContent") ?? now.scanMessageContent,
    fallbackToLongCode: form.bool("FallbackToLongCode") ?? now.fallbackToLongCode,
    areaCodeGeomatch: form.bool("AreaCodeGeomatch") ?? now.areaCodeGeomatch,
    validityPeriod: form.int("ValidityPeriod") ?? now.validityPeriod,
    synchronousValidation: form.bool("SynchronousValidation") ?? now.synchronousValidation,
    usecase: form.get("Usecase") ?? now.usecase,
    useInboundWebhookOnNumber: form.bool("UseInboundWebhookOnNumber") ?? now.useInboundWebhookOnNumber,
  };
}
