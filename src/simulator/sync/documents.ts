/** The Sync Documents of the default service. */
export interface DocumentRow {
  sid: string;
  uniqueName: string | null;
  data: unknown;
  revision: number;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface Sync {
  readonly documents: ReadonlyMap<string, DocumentRow>;
}
