/**
 * Operations that are served and lack something, by product (host and version): what is missing, in a few words. The
 * table of operations in docs/simulator.md says so; whatever is served and not named here is served in full.
 */
export const partly: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "conversations.twilio.com/v1": {
    UpdateServiceNotification: "kept, and nobody is notified",
  },
  "taskrouter.twilio.com/v1": {
    CreateWorkflow: "its assignment callbacks are kept and not called",
    UpdateWorkflow: "its assignment callbacks are kept and not called",
  },
};
