/** What a Node program must have in its environment to reach the simulator on `port`; `preload` is the built `main.ts`. */
export function redirectedEnvironment(env: NodeJS.ProcessEnv, preload: string, port: number): NodeJS.ProcessEnv {
  return { ...env, NODE_OPTIONS: withPreload(env.NODE_OPTIONS, preload), TWILIO_SIMULATOR_PORT: String(port) };
}

/** Adds to what stands there. Quoted, a path may hold spaces: https://nodejs.org/api/cli.html#node_optionsoptions */
function withPreload(options: string | undefined, preload: string): string {
  const option = `--require=${JSON.stringify(preload)}`;
  return options?.includes(option) ? options : [options, option].filter(Boolean).join(" ");
}
