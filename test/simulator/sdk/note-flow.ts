/** The definition of a Flow that a REST call starts, and that ends after one Widget. */
export const NOTE = {
  description: "A Flow that takes a note",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingRequest", next: "note" }], properties: {} },
    {
      ...{ name: "note", type: "set-variables", transitions: [{ event: "next" }] },
      properties: { variables: [{ key: "n", value: "1" }] },
    },
  ],
};
