/** https://www.twilio.com/docs/serverless/api: what an account keeps of its deployments. */
export interface ServiceRow {
  sid: string;
  uniqueName: string;
  friendlyName: string;
  /** Whether Functions get ACCOUNT_SID and AUTH_TOKEN. */
  includeCredentials: boolean;
  uiEditable: boolean;
  /** What the domains of its Environments begin with. */
  domainBase: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface EnvironmentRow {
  sid: string;
  serviceSid: string;
  uniqueName: string;
  /** Null for the one whose domain has no suffix. */
  domainSuffix: string | null;
  domainName: string;
  /** Null until something is deployed. */
  buildSid: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface VariableRow {
  sid: string;
  environmentSid: string;
  key: string;
  value: string;
  createdAt: Date;
  updatedAt: Date;
}

export type Kind = "function" | "asset";
export type Visibility = "public" | "protected" | "private";

/** A Function or an Asset: a name that its Versions belong to. */
export interface ResourceRow {
  sid: string;
  kind: Kind;
  serviceSid: string;
  friendlyName: string;
  createdAt: Date;
  updatedAt: Date;
}

/** What was uploaded once, and never changes. */
export interface VersionRow {
  sid: string;
  kind: Kind;
  serviceSid: string;
  resourceSid: string;
  path: string;
  visibility: Visibility;
  content: Buffer;
  createdAt: Date;
}

export interface Dependency {
  name: string;
  version: string;
}

export interface BuildRow {
  sid: string;
  serviceSid: string;
  functionVersions: string[];
  assetVersions: string[];
  dependencies: Dependency[];
  runtime: string;
  /** Why it fails when it is done; nothing when it completes. Twilio's API does not tell. */
  failure?: string;
  doneAt: Date;
  createdAt: Date;
}

export interface DeploymentRow {
  sid: string;
  serviceSid: string;
  environmentSid: string;
  buildSid: string;
  createdAt: Date;
}

export interface LogRow {
  sid: string;
  serviceSid: string;
  environmentSid: string;
  buildSid: string;
  deploymentSid: string;
  functionSid: string;
  requestSid: string;
  level: "info" | "warn" | "error";
  message: string;
  createdAt: Date;
}
