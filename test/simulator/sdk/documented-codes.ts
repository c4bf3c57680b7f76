/** Codes that Twilio documents for what Functions and Flex call: https://www.twilio.com/docs/api/errors */
export const documentedCodes = [
  ...[11200, 20003, 20161, 20404, 20429, 40153],
  ...[45352, 45354, 45355, 45356, 45357, 45361, 45372, 45381, 45600, 45700, 45719, 45770, 45775, 48504, 48505],
  ...[50050, 50056, 50063, 50074, 50076, 50107, 50200, 50201, 50204, 50211, 50213],
  ...[50300, 50303, 50310, 50349, 50350, 50353, 50360, 50361, 50362, 50363, 50364, 50367, 50368, 50369, 50370, 50371],
  ...[50374, 50377, 50378, 50379, 50382, 50388, 50391, 50403, 50407, 50408, 50413, 50414, 50415, 50416, 50419],
  ...[50432, 50433, 50437, 50438, 50503, 50507, 50508, 63016, 63039],
];

/** Those of them that no operation gives here. */
export const neverGiven: Readonly<Record<number, string>> = {
  45600: "an error of the Flex UI, in the browser",
  48504: "raised by @twilio/flex-sdk itself",
  48505: "raised by @twilio/flex-sdk itself",
  50107: "REST may do anything; client SDKs are refused so: test/simulator/conversations/permissions.test.ts",
  50300: "of Programmable Chat; Conversations say 50350",
  50363: "for what is no SID of a webhook; the path of the document takes nothing else",
  50388: "seen once in the wild, and documented nowhere",
  63039: "a warning of Facebook's, besides 63016",
};
