/** What makes a deployable package of a Build, seen from outside: its bad days, and what it says of failures. */
export interface Packager {
  /** Whether this Build fails whatever is in it: the fault `PackageBuild`. */
  isBroken(): boolean;
  /** Twilio's API tells only that a Build failed; whoever runs the simulator may know why. */
  tell(reason: string): void;
}
