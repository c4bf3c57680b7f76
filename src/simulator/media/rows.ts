/** A file in the Media Content Service. Its bytes lie beside, by their hash. */
export interface MediaRow {
  sid: string;
  serviceSid: string;
  contentType: string;
  filename: string | null;
  /** In bytes. */
  size: number;
  sha256: string;
  author: string;
  category: string;
  /** It was uploaded as a multipart form. */
  multipart: boolean;
  /** The one Message that it belongs to, and that Message's Conversation. */
  messageSid: string | null;
  conversationSid: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface NewMedia {
  serviceSid: string;
  content: Buffer;
  contentType: string;
  filename?: string;
  author?: string;
  category?: string;
  multipart?: boolean;
}
