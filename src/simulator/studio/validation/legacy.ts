export const LEGACY =
  "is an export of the console from before version 2 of the Studio API, with states of types such as MessagePrompt; " +
  "open the Flow in the console and export it again";

const legacyTypes = ["InitialState", "Message", "MessagePrompt", "Branch", "SetVariables", "Function"];

/** A state of an export from before version 2 of the API. */
export function isLegacy(state: unknown): boolean {
  const { sid, type }: { sid?: unknown; type?: unknown } = typeof state === "object" && state !== null ? state : {};
  return (typeof sid === "string" && sid.startsWith("FF")) || (typeof type === "string" && legacyTypes.includes(type));
}
