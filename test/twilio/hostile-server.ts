import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { redirectTwilioHosts } from "../../src/simulator/redirect/redirect-twilio";

/** All of Twilio's hosts for one piece of work, answered as a test likes; tells what was asked for, and with what credentials. */
export async function answeredBy<Result>(
  answers: Record<string, RequestListener>,
  work: (seen: { host: string; credentials: string | undefined }[]) => Promise<Result>,
): Promise<Result> {
  const seen: { host: string; credentials: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { host = "", authorization: credentials } = request.headers;
    seen.push({ host, credentials });
    const answer = answers[host] ?? notFound;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const undo = redirectTwilioHosts((server.address() as AddressInfo).port);
  try {
    return await work(seen);
  } finally {
    undo();
    await stop(server);
  }
}

const notFound: RequestListener = (_, response) => void response.writeHead(404).end();

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
