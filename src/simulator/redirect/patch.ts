import { syncBuiltinESMExports } from "node:module";

/** Puts `value` in the place of a property, also for modules that import it by name; returns the undo. */
export function patch<T extends object, K extends keyof T>(target: T, name: K, value: T[K]): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: before?.enumerable });
  syncBuiltinESMExports();
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
    syncBuiltinESMExports();
  };
}
