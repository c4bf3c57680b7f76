import { flexUserSid } from "../../../src/simulator/flex/users";
import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const configuration = () => sim.twilio.flexApi.v1.configuration();
const change = (changes: object) => configuration().update({ account_sid: sim.simulator.account.sid, ...changes });

describe("the account's Flex settings", () => {
  it("name its workspace, its chat service and its instance", async () => {
    const { account } = sim.simulator;
    expect(await configuration().fetch({ uiVersion: "2.13.0" })).toMatchObject({
      accountSid: account.sid,
      status: "ok",
      taskrouterWorkspaceSid: sim.world.taskrouter.workspace.sid,
      chatServiceInstanceSid: account.chatServiceSid,
      flexServiceInstanceSid: account.chatServiceSid,
      flexInstanceSid: account.flexInstanceSid,
      serverlessServiceSids: [account.serverlessServiceSid],
    });
  });

  it("say what agents may attach, by channel", async () => {
    const { channelConfigs } = await configuration().fetch();
    const mostBytes = channelConfigs.map((config) => [config.address_type, config.cbm_attachments.max_file_size]);
    expect(mostBytes).toEqual([
      ["web", 16_777_216],
      ["sms", 2_097_152],
      ["whatsapp", 16_777_216],
      ["email", undefined],
      ["messenger", 26_214_400],
    ]);
  });

  it("are changed key by key; what Flex writes itself stays", async () => {
    await sim.simulator.advance(5);
    const before = await configuration().fetch();
    const changed = await change({
      ui_attributes: { theme: "dark" },
      channel_configs: [{ address_type: "sms", cbm_attachments: { enabled: false } }],
      status: "notstarted",
      flex_instance_sid: `GO${"0".repeat(32)}`,
    });
    expect(changed).toMatchObject({
      uiAttributes: { theme: "dark" },
      channelConfigs: [{ address_type: "sms", cbm_attachments: { enabled: false } }],
      status: "ok",
      flexInstanceSid: before.flexInstanceSid,
      notifications: before.notifications,
    });
    expect(await configuration().fetch()).toMatchObject({ uiAttributes: { theme: "dark" } });
    expect(changed.dateUpdated.getTime()).toBeGreaterThan(changed.dateCreated.getTime());
  });

  it.each([
    ["no account", { account_sid: undefined }],
    ["another account", { account_sid: `AC${"f".repeat(32)}` }],
    ["a setting that Flex does not have", { colour: "red" }],
  ])("are not changed with %s", async (_, changes) => {
    await expect(change({ ui_language: "de", ...changes })).rejects.toMatchObject({ status: 400, code: 20001 });
    expect(await configuration().fetch()).toMatchObject({ uiLanguage: null });
  });
});

describe("a Flex user", () => {
  const user = (sid: string) => sim.twilio.flexApi.v2.flexUser(sim.simulator.account.flexInstanceSid, sid);
  const sam = () => flexUserSid(sim.world.taskrouter.worker("sam").sid);

  it("is who a Worker logs in as", async () => {
    expect(await user(sam()).fetch()).toMatchObject({
      workerSid: sim.world.taskrouter.worker("sam").sid,
      username: "sam",
      roles: ["supervisor"],
      version: 0,
    });
  });

  it("changes address and language, a version at a time", async () => {
    await user(sam()).update({ locale: "de-DE" });
    expect(await user(sam()).update({ email: "sam@example.org" })).toMatchObject({
      locale: "de-DE",
      email: "sam@example.org",
      version: 2,
    });
  });

  it("is not found where there is none, or in another instance", async () => {
    await expect(user(`FU${"0".repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    const elsewhere = sim.twilio.flexApi.v2.flexUser(`GO${"0".repeat(32)}`, sam()).fetch();
    await expect(elsewhere).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});

it.each(["FlexFlows", "WebChannels", "Channels", "PluginService/Plugins"])(
  "does not serve %s, and says so",
  async (name) => {
    expect(await sim.call("GET", `https://flex-api.twilio.com/v1/${name}`)).toMatchObject({ status: 501 });
  },
);
