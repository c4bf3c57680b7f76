import type { AgentName } from "../../simulator/seeds";
import type { Simulator } from "../../simulator/simulator";

/** What the simulator shows of its newest Conversation and of one customer's phone, said shortly. */
export function lookAt(simulator: Simulator, customer: string) {
  const state = simulator.state();
  const tasks = state.tasks.map((task) => ({ ...task, attributes: task.attributes as Record<string, unknown> }));
  return {
    conversations: state.conversations,
    conversation: state.conversations.at(-1),
    tasks,
    task: tasks.at(-1),
    heard: simulator
      .world()
      .phones.messages(customer)
      .filter(({ direction }) => direction === "in")
      .map(({ body }) => body),
  };
}

/** Whom the pending Reservation is offered to. */
export function offeredTo(simulator: Simulator): AgentName | undefined {
  const { taskrouter } = simulator.world();
  const offer = [...taskrouter.reservations.values()].find(({ status }) => status === "pending");
  return offer && (taskrouter.worker(offer.workerSid).friendlyName as AgentName);
}
