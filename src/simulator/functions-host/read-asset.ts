import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Answer } from "./call-worker";
import { Refusal } from "./refusal";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/** Reads from disk each time, so that a rebuilt page shows on reload. */
export async function readAsset(file: string): Promise<Answer> {
  const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
  const body = await readFile(file).catch(() => {
    throw new Refusal(404, "Resource not found");
  });
  return { status: 200, headers: { "content-type": type }, body };
}
