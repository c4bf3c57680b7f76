import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";

describe.each(CUSTOM_CHANNELS)("a customer on $channel, which is bound to no Flow", ({ channel, customer }) => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const talks = customTalks(centre);

  it("goes to an agent at once, who speaks with them", async () => {
    const agent = await talks.withAgent(customer);
    expect(centre.state().executions).toEqual([]);
    expect(centre.tasks()).toMatchObject([{ attributes: { channel, customerAddress: customer } }]);
    await talks.replies(agent, "Hi, how can I help?");
    expect(talks.heard(customer).map(({ body }) => body)).toEqual(["Hi, how can I help?"]);
  });
});
