import type { Deadline } from "../runtime/deadline";
import type { Variables } from "../runtime/env";
import type { PlatformConnection } from "./adapter";
import type { CustomChannel } from "./custom-identity";

type Connect = (variables: Variables, deadline: Deadline) => PlatformConnection;

/** How each platform is spoken to. What comes from it, its own Function knows. */
const CONNECTIONS: Partial<Record<CustomChannel, Connect>> = {};

export function connectTo(channel: CustomChannel, variables: Variables, deadline: Deadline): PlatformConnection {
  const connect = CONNECTIONS[channel];
  if (!connect) throw new Error(channel);
  return connect(variables, deadline);
}
