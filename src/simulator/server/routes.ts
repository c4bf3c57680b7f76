import type { IncomingHttpHeaders } from "node:http";
import type { Params } from "./params";

export interface ApiRequest {
  /** From the path, decoded. */
  params: Record<string, string>;
  /** The query of a GET, the form of a POST, both where a file is taken; a JSON body lies in `json`. */
  form: Params;
  /** What a multipart form carries besides its texts, by field. */
  files?: Readonly<Record<string, UploadedFile>>;
  json?: unknown;
  /** The body of an operation that takes a file. */
  content?: Buffer;
  headers: IncomingHttpHeaders;
  /** Path and query, as sent. */
  url: string;
}

export interface UploadedFile {
  /** As the sender named them. */
  name: string;
  type: string;
  content: Buffer;
}

export interface ApiReply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent instead of the body, as it is. */
  text?: string;
  /** The same for a file, whose type is in the headers. */
  content?: Buffer;
}

/** Keys are `METHOD /path/:parameter`. A handler that cannot serve throws ApiError. */
export type Routes = Record<string, (request: ApiRequest) => ApiReply | Promise<ApiReply>>;

export const ok = (body: unknown, headers?: Record<string, string>): ApiReply => ({
  status: 200,
  body,
  ...(headers ? { headers } : {}),
});
export const created = (body: unknown, headers?: Record<string, string>): ApiReply => ({
  status: 201,
  body,
  ...(headers ? { headers } : {}),
});
export const noContent = (): ApiReply => ({ status: 204 });
