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
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Ends a command with the exit code of the program it ran, which has said what there is to say. */
export class ProgramEnded extends Error {
  constructor(readonly exitCode: number) {
    super(`The program ended with ${exitCode}`);
  }
}
