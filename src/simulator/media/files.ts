import { createHash } from "node:crypto";

/** The bytes of files by their hash, so that one sent to many lies there once. They go with the world. */
export interface Files {
  readonly contents: ReadonlyMap<string, Buffer>;
  keep(content: Buffer): { sha256: string; size: number };
  read(sha256: string): Buffer | undefined;
}

export function createFiles(contents: Map<string, Buffer>): Files {
  return {
    contents,
    keep(content) {
      const sha256 = createHash("sha256").update(content).digest("hex");
      if (!contents.has(sha256)) contents.set(sha256, content);
      return { sha256, size: content.length };
    },
    read: (sha256) => contents.get(sha256),
  };
}
