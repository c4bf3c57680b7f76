import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type MediaResource, PICTURE, useMedia } from "./use-media";

const LINK = expect.stringMatching(/^https:\/\/media\.us1\.twilio\.com\/ME/);

const sim = useMedia();

it("keeps a file sent as it is, under the name given", async () => {
  const created = await sim.upload(PICTURE, "image/png", { Filename: "cat.png", Category: "media" });
  const { chatServiceSid } = sim.simulator.account;
  const path = `/v1/Services/${chatServiceSid}/Media/${created.sid}`;
  expect(created).toEqual({
    sid: expect.stringMatching(/^ME[0-9a-f]{32}$/),
    service_sid: chatServiceSid,
    date_created: expect.any(String),
    date_upload_updated: expect.any(String),
    date_updated: expect.any(String),
    links: {
      content: `${path}/Content`,
      content_direct_temporary: LINK,
    },
    size: PICTURE.length,
    content_type: "image/png",
    filename: "cat.png",
    author: "system",
    category: "media",
    message_sid: null,
    channel_sid: null,
    url: path,
    is_multipart_upstream: false,
  });
  expect(await sim.fetched(created.sid)).toEqual({
    ...created,
    links: { ...created.links, content_direct_temporary: LINK },
  });
});

it("keeps a file sent in a form, with its own name", async () => {
  const form = new FormData();
  form.set("Media", new File([new Uint8Array(PICTURE)], "gato ñ.png", { type: "image/png" }));
  form.set("Author", "telegram_42");
  const response = await sim.send("POST", sim.service(), { body: form });
  expect(response.status).toBe(201);
  const media = (await response.json()) as MediaResource;
  expect(media).toMatchObject({
    ...{ content_type: "image/png", filename: "gato ñ.png", author: "telegram_42", size: PICTURE.length },
    is_multipart_upstream: true,
  });
  expect(await sim.bytes(media.links.content)).toEqual(PICTURE);
});

it.each(["application/json", "application/x-www-form-urlencoded", "text/plain; charset=utf-8"])(
  "does not read a file of type %s",
  async (type) => {
    const content = Buffer.from('{"not json');
    const media = await sim.upload(content, type, { Filename: "file" });
    expect(media).toMatchObject({ content_type: type, size: content.length });
    expect(await sim.bytes(media.links.content)).toEqual(content);
  },
);

it("gives the bytes to whoever has credentials, an API key as well", async () => {
  const { links } = await sim.upload(PICTURE);
  const { sid, secret } = sim.simulator.account.apiKey;
  expect(await sim.bytes(links.content)).toEqual(PICTURE);
  expect(await sim.bytes(links.content, sim.credentials(sid, secret))).toEqual(PICTURE);
  const refused = await sim.send("GET", links.content, {}, null);
  expect({ status: refused.status, body: await refused.json() }).toMatchObject({ status: 401, body: { code: 20003 } });
});

it("gives the bytes to anybody by the direct link, for a while", async () => {
  const { sid, links } = await sim.upload(PICTURE, "image/png", { Filename: "cat.png" });
  const response = await sim.send("GET", links.content_direct_temporary, {}, null);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/png",
    "content-length": String(PICTURE.length),
    "content-disposition": 'attachment; filename="cat.png"',
  });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PICTURE);

  await sim.simulator.advance(301);
  expect((await sim.send("GET", links.content_direct_temporary, {}, null)).status).toBe(403);
  const fresh = await sim.fetched(sid);
  expect(await sim.bytes(fresh.links.content_direct_temporary, null)).toEqual(PICTURE);
});

it("refuses a direct link that somebody made up", async () => {
  const { links } = await sim.upload(PICTURE);
  const link = new URL(links.content_direct_temporary);
  link.searchParams.set("Expires", "99999999999");
  expect((await sim.send("GET", link.href, {}, null)).status).toBe(403);
  link.search = "";
  expect((await sim.send("GET", link.href, {}, null)).status).toBe(403);
});

it("names a file beyond ASCII so that browsers understand", async () => {
  const { links } = await sim.upload(PICTURE, "application/pdf", { Filename: 'Über "uns" 猫.pdf' });
  const response = await sim.send("GET", links.content);
  expect(response.headers.get("content-disposition")).toBe(
    "attachment; filename=\"_ber _uns_ _.pdf\"; filename*=UTF-8''%C3%9Cber%20%22uns%22%20%E7%8C%AB.pdf",
  );
});

it("takes a file as large as many megabytes", async () => {
  const large = Buffer.alloc(30 * 1024 * 1024, 7);
  const media = await sim.upload(large, "video/mp4");
  expect(media).toMatchObject({ size: large.length });
  expect((await sim.bytes(media.links.content)).equals(large)).toBe(true);
});

it("takes no file of more than 150 MB, and says so before it is sent", async () => {
  const { pathname: path, host } = new URL(sim.service());
  const headers = { host, "content-type": "video/mp4", "content-length": 151 * 1024 * 1024 };
  const sending = request({ port: sim.simulator.port, host: "127.0.0.1", method: "POST", path, headers });
  sending.flushHeaders();
  const [response] = (await once(sending, "response")) as [IncomingMessage];
  expect(response.statusCode).toBe(413);
  sending.destroy();
});

it("refuses a form without a file", async () => {
  const form = new FormData();
  form.set("Filename", "cat.png");
  const response = await sim.send("POST", sim.service(), { body: form });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 400,
    body: { code: 20001 },
  });
});

it.each([
  ["no such service", `/v1/Services/IS${"0".repeat(32)}/Media/ME${"0".repeat(32)}`, 50050],
  ["no such file", undefined, 20404],
])("finds nothing where there is %s", async (_, path, code) => {
  const response = await sim.send("GET", path ?? `${sim.service()}/ME${"0".repeat(32)}`);
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 404, body: { code } });
});

it("does not show the file of another service", async () => {
  const { sid } = await sim.upload(PICTURE);
  const other = await sim.conversations.services.create({ friendlyName: "Other" });
  expect((await sim.send("GET", `/v1/Services/${other.sid}/Media/${sid}`)).status).toBe(404);
});

it("says that it deletes no file", async () => {
  const { sid } = await sim.upload(PICTURE);
  expect((await sim.send("DELETE", `${sim.service()}/${sid}`)).status).toBe(501);
  expect(await sim.fetched(sid)).toMatchObject({ sid });
});

it("forgets all bytes with its world", async () => {
  const { sid } = await sim.upload(PICTURE);
  await sim.simulator.reset();
  expect((await sim.send("GET", `${sim.service()}/${sid}`)).status).toBe(404);
  expect(sim.world.media.files.contents.size).toBe(0);
});
