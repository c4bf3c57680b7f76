import type { Rule } from "./rule";
import { stringsIn } from "./strings-in";

/** SIDs and hosts of one account. */
const LITERAL = /\b[A-Z]{2}[0-9a-fA-F]{32}\b|\b[\w-]+(?:\.[\w-]+)*\.twil\.io\b/g;

export const accountLiteral: Rule = {
  id: "account-literal",
  severity: "error",
  about: "a SID or a host of one account: an error in our own sources, a note elsewhere",
  remedy: "In a source write a token: ${workflow:Name}, ${task-channel:name}, ${function:path} or ${flow:name}.",
  check: ({ source, ours }) =>
    stringsIn(source, "#").flatMap(({ path, text }) =>
      [...text.matchAll(LITERAL)].map(([literal]) => ({
        path,
        message: `holds ${literal}, which is of one account`,
        ...(ours ? {} : { severity: "note" as const }),
      })),
    ),
};

export const unknownToken: Rule = {
  id: "unknown-token",
  severity: "error",
  about: "`${…}` in a source of ours that is no token",
  remedy: "Write a token that there is, or $${ for a plain ${.",
  check: ({ wrongToken }) => (wrongToken ? [wrongToken] : []),
};
