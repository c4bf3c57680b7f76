import { redirectTwilioHosts } from "./redirect-twilio";

/*
 * Preloaded (`NODE_OPTIONS=--require=dist/tools/redirect.js`), this makes any Node program that speaks to Twilio, such as
 * its deployment tools, speak to the simulator on this port instead.
 */
const port = Number(process.env.TWILIO_SIMULATOR_PORT);
if (port > 0) redirectTwilioHosts(port);
else throw new Error("TWILIO_SIMULATOR_PORT says on which port of this machine the simulator listens; it is not set.");
