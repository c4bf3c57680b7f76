import { redirectChildren } from "./redirect-children";
import { redirectTwilioHosts } from "./redirect-twilio";

/*
 * Preloaded (`NODE_OPTIONS=--require=dist/tools/redirect.js`), this makes any Node program that speaks to Twilio, such as
 * its deployment tools, speak to the simulator on this port instead, and every Node program that it starts.
 */
const port = Number(process.env.TWILIO_SIMULATOR_PORT);
if (!(port > 0)) {
  throw new Error("TWILIO_SIMULATOR_PORT says on which port of this machine the simulator listens; it is not set.");
}
redirectTwilioHosts(port);
redirectChildren(__filename, port);
