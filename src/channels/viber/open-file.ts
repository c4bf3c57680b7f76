import type { Deadline } from "../../runtime/deadline";
import { callHttps } from "../../runtime/https-call";
import { FileError, type OpenedFile, type PlatformFile } from "../adapter";
import { openedFile, requireFileSize } from "../platform-file";

/** Which hosts of its own Viber keeps media on is not documented; `dl-media.viber.com` is observed. */
const VIBER_HOST = /^([a-z0-9-]+\.)*viber\.com$/;

/** Of a link that came with a message. It is asked for without credentials. */
export async function openFile(deadline: Deadline, { reference, size }: PlatformFile): Promise<OpenedFile> {
  if (!isAtViber(reference)) throw new FileError("viber", "foreign_host");
  requireFileSize("viber", size);
  const answer = await callHttps(reference, deadline).catch((cause: unknown) => {
    throw new FileError("viber", "unavailable", cause);
  });
  return openedFile("viber", answer);
}

function isAtViber(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, hostname, port, username, password } = new URL(link);
  return protocol === "https:" && VIBER_HOST.test(hostname) && port === "" && username === "" && password === "";
}
