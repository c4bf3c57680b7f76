/** A Standard API key: https://www.twilio.com/docs/iam/api-keys */
export interface ApiKeyRow {
  sid: string;
  friendlyName: string;
  secret: string;
  createdAt: Date;
  updatedAt: Date;
}
