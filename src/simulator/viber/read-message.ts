import * as z from "zod/mini";
import type { Switches } from "../switches";
import type { LinkedFile } from "./rows";
import { badData, missing, ViberError } from "./viber-error";

/** A message as the user will see it. */
export interface ReadMessage {
  sender: string;
  body: string;
  file: LinkedFile | null;
}

type Fields = Record<string, unknown>;

const MB = 1024 * 1024;
/** https://developers.viber.com/docs/api/rest-bot-api/#message-types; of a tracking limit of 4000 and of 4096, and of captions of 512 and of 768, the smaller. */
const MOST = { name: 28, tracking: 4000, text: 7000, caption: 512, url: 2000, filename: 256, phone: 18 };

/** https://developers.viber.com/docs/api/rest-bot-api/#forbiddenFileFormats */
const FORBIDDEN = new Set(
  (
    "action apk app bat bin cmd com command cpl csh ex_ exe gadget inf1 ins inx ipa isu job jse ksh lnk msc msi msp mst " +
    "osx out paf pif prg ps1 reg rgs run sct sh shb shs u3p vb vbe vbs vbscript workflow ws wsf"
  ).split(" "),
);

/** Refuses what Viber's page on messages does not allow. With which of its codes is unverified. */
export function readMessage(message: Fields, switches: Switches): ReadMessage {
  if (message.keyboard !== undefined) throw badData("keyboard, which the simulator does not serve");
  const sender = object(message, "sender");
  const name = text(sender, "name", MOST.name);
  if (name === "") throw missing("sender.name");
  if (message.tracking_data !== undefined) text(message, "tracking_data", MOST.tracking);
  const type = text(message, "type");
  const read = KINDS[type];
  if (!read) throw badData(`type ${type}, or the simulator does not serve it`);
  return { sender: name, file: null, ...read(message, switches) };
}

type Shown = Pick<ReadMessage, "body"> & Partial<ReadMessage>;

const KINDS: Record<string, (message: Fields, switches: Switches) => Shown> = {
  text(message) {
    const body = text(message, "text", MOST.text);
    if (body === "") throw missing("text");
    return { body };
  },
  picture(message, switches) {
    const url = link(message, switches, /\.(jpe?g|png|gif)$/i);
    const types = ["image/jpeg", "image/png", "image/gif"];
    return { body: text(message, "text", MOST.caption), file: { url, filename: null, most: MB, types } };
  },
  video(message, switches) {
    const url = link(message, switches, /\.mp4$/i);
    if (size(message) > 26 * MB) throw badData("size");
    return { body: "", file: { url, filename: null, most: 26 * MB, types: ["video/mp4"] } };
  },
  file(message, switches) {
    const url = link(message, switches);
    const filename = text(message, "file_name", MOST.filename);
    const [, ending = ""] = /\.(\w+)$/.exec(filename) ?? [];
    if (!ending || FORBIDDEN.has(ending.toLowerCase())) throw badData("file_name");
    if (size(message) > 50 * MB) throw badData("size");
    return { body: "", file: { url, filename, most: 50 * MB, types: null } };
  },
  url: (message) => ({ body: text(message, "media", MOST.url) }),
  sticker(message) {
    if (!Number.isInteger(message.sticker_id)) throw missing("sticker_id");
    return { body: `sticker ${message.sticker_id}` };
  },
  contact(message) {
    const contact = object(message, "contact");
    return { body: `${text(contact, "name", MOST.name)} ${text(contact, "phone_number", MOST.phone)}` };
  },
  location(message) {
    const { lat, lon } = object(message, "location");
    if (typeof lat !== "number" || Math.abs(lat) > 90) throw badData("location.lat");
    if (typeof lon !== "number" || Math.abs(lon) > 180) throw badData("location.lon");
    return { body: `${lat},${lon}` };
  },
};

function text(from: Fields, name: string, most = Number.POSITIVE_INFINITY): string {
  const value = from[name];
  if (value === undefined || value === null) throw missing(name);
  if (typeof value !== "string" || value.length > most) throw badData(name);
  return value;
}

function object(from: Fields, name: string): Fields {
  const value = z.record(z.string(), z.unknown()).safeParse(from[name]);
  if (!value.success) throw missing(name);
  return value.data;
}

function size({ size: given }: Fields): number {
  if (given === undefined) throw missing("size");
  if (!Number.isInteger(given) || Number(given) < 1) throw badData("size");
  return Number(given);
}

/** "The URL must have a resource with a … file extension as the last path segment", of pictures and videos. */
function link(message: Fields, switches: Switches, ending?: RegExp): string {
  const url = text(message, "media", MOST.url);
  if (!/^https?:/i.test(url) || !URL.canParse(url)) throw new ViberError("badData", "media");
  if (ending && switches.viberLinksNeedEnding && !ending.test(new URL(url).pathname))
    throw badData("media has no such ending");
  return url;
}
