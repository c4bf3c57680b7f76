import type { World } from "../world";

export interface FetchedFile {
  content: Buffer;
  contentType: string;
  filename: string;
}

/** Really fetches what a bot sends by its address: from Twilio as it is here, its Functions, or this machine. */
export async function fetchFile(world: World, platform: string, url: string): Promise<FetchedFile | undefined> {
  const { status, content, headers } = await world.sendWebhook({
    name: `${platform} fetches a file`,
    ...{ url, method: "GET", params: {}, headers: {}, timeoutMs: 20_000 },
  });
  if (status !== 200 || !content) return undefined;
  const contentType = String(headers["content-type"] ?? "application/octet-stream").split(";")[0] ?? "";
  return { content, contentType, filename: nameIn(headers["content-disposition"]) ?? nameOf(url) };
}

function nameIn(disposition = ""): string | undefined {
  return /filename="([^"]+)"/.exec(disposition)?.[1];
}

function nameOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
}
