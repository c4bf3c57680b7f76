import { sidFor } from "../sids";
import type { ApprovalRow, ContentRow } from "./rows";

/** Templates the account has from the start; their SIDs come from their names. */
export function seedContents(now: Date): ContentRow[] {
  return [
    text("greeting", "Hello {{1}}, we are here to help with {{2}}.", { 1: "there", 2: "your order" }, "approved"),
    text(
      "appointment_reminder",
      "Your appointment is on {{1}} at {{2}}. Reply to change it.",
      { 1: "Monday", 2: "10:00" },
      "approved",
    ),
    text("spring_offer", "Only this week: {{1}} off everything!", { 1: "10%" }, "rejected"),
  ].map((content) => ({ ...content, createdAt: now, updatedAt: now }));
}

function text(name: string, body: string, variables: Record<string, string>, status: ApprovalRow["status"]) {
  const rejected = status === "rejected";
  return {
    sid: sidFor("HX", name),
    friendlyName: name,
    language: "en",
    variables,
    types: { "twilio/text": { body } },
    approval: {
      name,
      category: rejected ? "MARKETING" : "UTILITY",
      contentType: "twilio/text",
      status,
      rejectionReason: rejected ? "The content does not keep to WhatsApp's commerce policy." : "",
    },
  };
}
