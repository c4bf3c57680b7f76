export interface ServiceRow {
  sid: string;
  uniqueName: string;
  friendlyName: string;
  /** What the domains of its Environments begin with. */
  domainBase: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface EnvironmentRow {
  sid: string;
  serviceSid: string;
  uniqueName: string;
  domainSuffix: string;
  domainName: string;
  /** Null until something is deployed. */
  buildSid: string | null;
  createdAt: Date;
  updatedAt: Date;
}
