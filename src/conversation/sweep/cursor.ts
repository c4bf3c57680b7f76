import type { PagePosition } from "../../twilio/pages";

/** What is looked at, one after another. */
export const SOURCES = ["active", "inactive", "closed", "tasks"] as const;

/** How far a sweep has come. */
export interface Cursor {
  source: (typeof SOURCES)[number];
  /** Rows of this page that were looked at. */
  skip: number;
  at?: PagePosition;
}

export const FIRST: Cursor = { source: "active", skip: 0 };

export function cursorText({ source, skip, at }: Cursor): string {
  return [source, skip, ...(at ? [at.page, at.token] : [])].join(".");
}

/** Undefined for what no sweep has answered. */
export function parseCursor(text: string): Cursor | undefined {
  const [, name, skip, page, token] = /^([a-z]+)\.(\d{1,3})(?:\.(\d{1,9})\.([\w.=-]{0,256}))?$/.exec(text) ?? [];
  const source = SOURCES.find((one) => one === name);
  if (!source) return undefined;
  const at = page === undefined ? {} : { at: { page: Number(page), token: token ?? "" } };
  return { source, skip: Number(skip), ...at };
}
