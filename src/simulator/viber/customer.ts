import type { SentFile } from "../conversations/inbound-media";
import type { PlatformCustomer } from "../platforms/platform";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Customers } from "./customers";
import type { Events } from "./events";
import type { HandOver } from "./hand-over";
import { identityOf } from "./identity";
import type { MediaHost } from "./media-host";
import type { BotRow, CustomerRow } from "./rows";
import { nextToken } from "./tokens";
import { userWire } from "./wire";
import { Double, type JsonObject } from "./write-json";

/** A user's end. What they send answers its `message_token`, as text. */
export interface ViberCustomer extends PlatformCustomer {
  readonly id: string;
  readonly identity: string;
  /** Tells Viber who they are, from now on. */
  is(profile: Partial<Pick<CustomerRow, "name" | "language" | "country">>): void;
  /** Opens the conversation with the bot, perhaps by a link with a context. */
  open(context?: string): void;
  subscribe(): void;
  unsubscribe(): void;
  say(text: string): string;
  sendPicture(file: SentFile, text?: string): string;
  sendVideo(file: SentFile, duration?: number): string;
  sendFile(file: SentFile): string;
  sendSticker(stickerId: number): string;
  sendContact(name: string, phone: string): string;
  sendLocation(lat: number, lon: number): string;
  sendUrl(url: string): string;
  /** Anything else, in Viber's own names. */
  sendOther(message: JsonObject, shown?: string): string;
  /** Looks at all that came; the bot is told. */
  see(): number;
  /** What is sent from now on waits. */
  deviceOff(): void;
  deviceOn(): void;
  /** Their device cannot show the next message, for a reason that the bot is told. */
  failNext(reason: string): void;
}

interface Parts {
  world: World;
  bot: BotRow;
  customers: Customers;
  events: Events;
  handOver: HandOver;
  media: MediaHost;
}

export function customerEnds({ world, bot, customers, events, handOver, media }: Parts): (id: string) => ViberCustomer {
  return (id) => {
    const row = customers.of(id);
    const identity = identityOf(id);

    /** Who writes can be written to: https://developers.viber.com/docs/faq/ */
    function tell(message: JsonObject, body: string, file?: SentFile & { sha256: string; size: number }): string {
      row.subscribed = true;
      row.unanswered = [];
      const token = nextToken(world, bot);
      const shown = file && {
        contentType: file.contentType,
        filename: file.filename ?? "",
        size: file.size,
        sha256: file.sha256,
      };
      world.phones.wrote({
        ...{ customer: identity, sender: world.account.viberBot.name, body, platformId: token },
        ...(shown ? { media: [shown] } : {}),
      });
      events.add("message", id, { sender: userWire(row), message, silent: false }, token);
      return token;
    }

    function tellFile(type: string, file: SentFile, more: JsonObject = {}, body = ""): string {
      const kept = media.keep(file);
      const named = file.filename === undefined ? {} : { file_name: file.filename };
      const message = { ...(body ? { text: body } : {}), type, media: kept.url, ...named, size: kept.size, ...more };
      return tell(message, body, { ...file, ...kept });
    }

    function say(text: string): string {
      if (text.length > 7000) throw new ApiError(400, 20001, "Viber's apps send at most 7000 characters");
      return tell({ text, type: "text" }, text);
    }

    function sendAny(file: SentFile, body: string): void {
      if (file.contentType.startsWith("image/")) tellFile("picture", file, thumbnailOf(file), body);
      else if (file.contentType === "video/mp4") tellFile("video", file, { duration: 1 }, body);
      else tellFile("file", file);
    }

    const thumbnailOf = (file: SentFile) => ({ thumbnail: media.keep(file).url });

    return {
      ...{ id, identity },
      is: (profile) => void Object.assign(row, profile),
      open(context) {
        const told = { type: "open", ...(context === undefined ? {} : { context }) };
        events.add("conversation_started", id, { ...told, user: userWire(row), subscribed: row.subscribed });
      },
      subscribe() {
        row.subscribed = true;
        events.add("subscribed", id, { user: userWire(row) });
      },
      unsubscribe() {
        row.subscribed = false;
        events.add("unsubscribed", id, { user_id: id });
      },
      say,
      sendPicture: (file, text) => tellFile("picture", file, thumbnailOf(file), text),
      sendVideo: (file, duration = 1) => tellFile("video", file, { ...thumbnailOf(file), duration }),
      sendFile: (file) => tellFile("file", file),
      sendSticker: (stickerId) => tell({ type: "sticker", sticker_id: stickerId }, `sticker ${stickerId}`),
      sendContact: (name, phone) =>
        tell({ type: "contact", contact: { name, phone_number: phone } }, `${name} ${phone}`),
      sendLocation: (lat, lon) =>
        tell({ type: "location", location: { lat: new Double(lat), lon: new Double(lon) } }, `${lat},${lon}`),
      sendUrl: (url) => tell({ type: "url", media: url }, url),
      sendOther: (message, shown = String(message.type)) => tell(message, shown),
      see: () => handOver.see(id),
      deviceOff() {
        row.deviceOn = false;
      },
      deviceOn() {
        row.deviceOn = true;
        handOver.resume(id);
      },
      failNext(reason) {
        row.failNext = reason;
      },
      /** Files go one by one, and the words with the first of them that can have any. */
      send({ body = "", media: files = [] }) {
        const captioned = files.findIndex(({ contentType }) => /^(image\/|video\/mp4)/.test(contentType));
        if (body && captioned < 0) say(body);
        for (const [i, file] of files.entries()) sendAny(file, i === captioned ? body : "");
      },
      read: () => handOver.see(id),
    };
  };
}
