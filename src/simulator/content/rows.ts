/** What WhatsApp thinks of a template: https://www.twilio.com/docs/content/content-template-approvals-whatsapp */
export interface ApprovalRow {
  name: string;
  category: string;
  contentType: string;
  status: "approved" | "rejected";
  rejectionReason: string;
}

/** A Content template: https://www.twilio.com/docs/content/content-api-resources */
export interface ContentRow {
  sid: string;
  friendlyName: string;
  language: string;
  /** What stands where a sender says nothing, by the placeholder's name. */
  variables: Record<string, string>;
  /** By type (`twilio/text`), as given. */
  types: Record<string, unknown>;
  /** Null until it is submitted. */
  approval: ApprovalRow | null;
  createdAt: Date;
  updatedAt: Date;
}
