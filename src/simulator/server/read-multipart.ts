import { ApiError } from "./api-error";
import type { UploadedFile } from "./routes";

export interface Multipart {
  texts: URLSearchParams;
  files: Record<string, UploadedFile>;
}

export const isMultipart = (type: string): boolean => /^multipart\/form-data\b/i.test(type);

/** Uploads come as `multipart/form-data` (RFC 7578), which Node's own fetch classes can read. */
export async function readMultipart(body: Buffer, type: string): Promise<Multipart> {
  const multipart: Multipart = { texts: new URLSearchParams(), files: {} };
  for (const [name, value] of await parse(body, type)) {
    if (typeof value === "string") multipart.texts.append(name, value);
    else
      multipart.files[name] = { name: value.name, type: value.type, content: Buffer.from(await value.arrayBuffer()) };
  }
  return multipart;
}

async function parse(body: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch {
    throw new ApiError(400, 20001, "The body is not a valid multipart form");
  }
}
