import type { Json } from "../../../simulator/studio/json";
import type { FlowRun, RunExecution, RunStep } from "./run-report";

/** A play, for people. */
export function printRun(run: FlowRun): string {
  const { file, startedBy, executions, messages, warnings, tasks, notes, openFacts } = run;
  return [
    `${file}, started by ${startedBy}`,
    ...section("Notes", notes),
    ...executions.flatMap((execution, index) =>
      executionLines(execution, executions.length > 1 ? ` ${index + 1}` : ""),
    ),
    ...section(
      "Messages",
      messages.map(({ by, body }) => `${by.padEnd(8)}  ${indented(body)}`),
    ),
    ...section(
      "Warnings",
      warnings.map(({ code, level, message, widget }) =>
        [code, code ? level : undefined, widget && `${widget}:`, message].filter(Boolean).join(" "),
      ),
    ),
    ...tasks.flatMap(({ sid, attributes, workflow, queue, channel, priority, timeout, status }) =>
      section("Task", [
        `${sid}, ${status}: Workflow "${workflow}", queue "${queue}", Task Channel ${channel}, priority ${priority}, timeout ${timeout} s`,
        JSON.stringify(attributes),
      ]),
    ),
    ...(tasks.length === 0 ? ["", "No Task was made."] : []),
    ...(openFacts.length > 0 ? ["", `Rests on what Twilio leaves open: ${openFacts.join(", ")}`] : []),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ["", title, ...lines.map((line) => `  ${line}`)] : [];
}

function executionLines({ steps, status, reason }: RunExecution, number: string): string[] {
  const lines = steps.flatMap((step, index) => stepLines(step, index + 1));
  return [...section(`Path${number}`, lines), "", `${status === "waiting" ? "Waiting" : "Ended"}: ${reason}`];
}

function stepLines({ widget, type, event, within, inputs, outputs }: RunStep, number: number): string[] {
  const name = within ? `${within} > ${widget}` : widget;
  return [
    `${String(number).padStart(3)} ${name} (${type}) ${event ? `-> ${event}` : "waits"}`,
    ...Object.entries(inputs).flatMap(([key, value]) => (isEmpty(value) ? [] : [`      ${key}: ${shown(value)}`])),
    ...(isEmpty(outputs) ? [] : [`      => ${shown(outputs)}`]),
  ];
}

const isEmpty = (value: Json) => value === null || value === "" || JSON.stringify(value) === "{}";

const LONGEST = 300;

function shown(value: Json): string {
  const text = typeof value === "string" ? indented(value) : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const indented = (text: string) => text.replace(/\n/g, "\n            ");
