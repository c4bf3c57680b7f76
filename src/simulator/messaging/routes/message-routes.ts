import { ApiError, notFound, unserved } from "../../server/api-error";
import { pageOfPaths } from "../../server/page";
import type { Params } from "../../server/params";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { MessageRow } from "../rows";
import { findMessage } from "../store";
import { messagingWire } from "../wire";

/** Parameters that would change what comes of a Message; those that only tune its way are taken and make no difference. */
const UNSERVED = [
  "ApplicationSid",
  "AddressRetention",
  "ContentRetention",
  "PersistentAction",
  "ScheduleType",
  "SendAsMms",
  "SendAt",
  "ShortenUrls",
];

const IN_PROGRESS = ["accepted", "queued"];

/** Messages of api.twilio.com: https://www.twilio.com/docs/messaging/api/message-resource */
export function messageRoutes(world: World): Routes {
  const { messaging } = world;
  const wire = messagingWire(world.account.sid);
  const find = (params: Record<string, string>) => findMessage(messaging.store, String(params.sid));

  return {
    "POST /Messages.json"({ form }) {
      for (const name of UNSERVED) if (form.has(name)) throw unserved(`${name} of a Message`);
      const row = messaging.create({
        to: form.require("To"),
        from: form.get("From"),
        messagingServiceSid: form.get("MessagingServiceSid"),
        body: form.get("Body"),
        mediaUrls: form.all("MediaUrl"),
        contentSid: form.get("ContentSid"),
        contentVariables: form.get("ContentVariables"),
        statusCallback: form.get("StatusCallback"),
      });
      return created(wire.message(row));
    },
    "GET /Messages.json"(request) {
      const rows = [...messaging.store.messages.values()].filter(filterOf(request.form)).reverse();
      return pageOfPaths(request, rows, { key: "messages", render: wire.message });
    },
    "GET /Messages/:sid.json": ({ params }) => ok(wire.message(find(params))),
    "POST /Messages/:sid.json"({ params, form }) {
      const row = find(params);
      if (form.has("Status")) throw unserved("the canceling of scheduled Messages");
      refuseInProgress(row);
      // What another text than none gets is unverified: https://www.twilio.com/docs/messaging/api/message-resource#redact-a-message
      if (form.get("Body")) throw new ApiError(400, 20001, "The Body of a Message can only be emptied");
      if (form.has("Body")) row.body = "";
      row.updatedAt = world.clock.now();
      return ok(wire.message(row));
    },
    "DELETE /Messages/:sid.json"({ params }) {
      const row = find(params);
      refuseInProgress(row);
      messaging.store.messages.delete(row.sid);
      return noContent();
    },
  };
}

/** https://www.twilio.com/docs/messaging/api/media-resource */
export function mediaRoutes(world: World): Routes {
  const { store } = world.messaging;
  const wire = messagingWire(world.account.sid);
  const find = ({ message, sid }: Record<string, string>) => {
    const parent = findMessage(store, String(message));
    const row = parent.media.find((media) => media.sid === sid);
    if (!row) throw notFound(`Media/${sid}`);
    return { parent, row };
  };
  return {
    "GET /Messages/:message/Media.json"(request) {
      const { sid, media } = findMessage(store, String(request.params.message));
      const created = between(request.form, "DateCreated");
      const rows = media.filter(({ createdAt }) => created(createdAt));
      return pageOfPaths(request, rows, { key: "media_list", render: (row) => wire.media(row, sid) });
    },
    "GET /Messages/:message/Media/:sid.json"({ params }) {
      const { parent, row } = find(params);
      return ok(wire.media(row, parent.sid));
    },
    "GET /Messages/:message/Media/:sid"({ params }) {
      const { row } = find(params);
      const content = row.sha256 && world.media.files.read(row.sha256);
      if (!content) throw unserved("the file of a Message that was sent by its address");
      return { status: 200, content, headers: { "content-type": row.contentType } };
    },
    "DELETE /Messages/:message/Media/:sid.json"({ params }) {
      const { parent, row } = find(params);
      parent.media = parent.media.filter((media) => media !== row);
      return noContent();
    },
  };
}

/** 20009, https://www.twilio.com/docs/api/errors/20009; its status is unverified. */
function refuseInProgress({ status }: MessageRow): void {
  if (IN_PROGRESS.includes(status)) throw new ApiError(409, 20009, "The Message is not complete yet");
}

function filterOf(form: Params) {
  const to = form.get("To");
  const from = form.get("From");
  const sent = between(form, "DateSent");
  return (row: MessageRow) => (!to || row.to === to) && (!from || row.from === from) && sent(row.sentAt);
}

/** `Name=`, `Name<=` and `Name>=`: on that day in UTC, until then, from then on. */
function between(form: Params, name: string): (date: Date | null) => boolean {
  const on = form.date(name);
  const until = form.date(`${name}<`);
  const from = form.date(`${name}>`);
  if (!on && !until && !from) return () => true;
  return (date) =>
    date !== null &&
    (!on || date.toISOString().slice(0, 10) === on.toISOString().slice(0, 10)) &&
    (!until || date <= until) &&
    (!from || date >= from);
}
