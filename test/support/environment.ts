import vm from "node:vm";
import { TestEnvironment } from "jest-environment-node";

type CompileFunction = typeof vm.compileFunction;

/**
 * Jest compiles every module anew for each file of tests, which is a third of what a short file takes. Here a process does
 * so once: the files after it get what V8 made of the same text before. Modules run anew all the same.
 */
function rememberCompiled(compile: CompileFunction): CompileFunction {
  const made = new Map<string, { code: string; cachedData: Buffer }>();
  return (code, params, options = {}) => {
    const name = `${options.filename} ${params}`;
    const known = made.get(name);
    if (known?.code === code) return compile(code, params, { ...options, cachedData: known.cachedData });
    const compiled = compile(code, params, { ...options, produceCachedData: true });
    if (compiled.cachedData) made.set(name, { code, cachedData: compiled.cachedData });
    return compiled;
  };
}

vm.compileFunction = rememberCompiled(vm.compileFunction);

export default TestEnvironment;
