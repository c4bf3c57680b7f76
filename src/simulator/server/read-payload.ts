import { ApiError } from "./api-error";
import { isMultipart, readMultipart } from "./read-multipart";
import type { ApiRequest } from "./routes";

interface Sent {
  method: string;
  url: URL;
  type: string;
  body: Buffer;
  /** The operation takes a file. */
  file: boolean;
}

/** What a request carries, by the type of its body. */
export interface Payload extends Pick<ApiRequest, "json" | "files" | "content"> {
  form?: URLSearchParams;
  /** What a handler reads its parameters from. */
  params: URLSearchParams;
}

export async function readPayload({ method, url: { searchParams: query }, type, body, file }: Sent): Promise<Payload> {
  if (method === "GET") return { params: query };
  if (isMultipart(type)) {
    const { texts, files } = await readMultipart(body, type);
    return { form: texts, params: file ? new URLSearchParams([...query, ...texts]) : texts, files };
  }
  if (file) return { params: query, content: body };
  if (type.includes("application/json")) return { params: query, json: parseJson(body) };
  const form = new URLSearchParams(body.toString());
  return { form, params: form };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new ApiError(400, 20001, "The body is not valid JSON");
  }
}
