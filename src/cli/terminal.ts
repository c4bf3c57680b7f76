/** Where a command prints; tests pass their own. */
export interface Terminal {
  print(text: string): void;
  warn(text: string): void;
}

export const processTerminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  warn: (text) => void process.stderr.write(`${text}\n`),
};

/** Ends a command with words and an exit code: 1 failed, 2 something to do or misuse. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}
