/**
 * Puts this process on the simulated clock: `Date` reads as `clockReading` tells. Everything else of `Date` is native.
 * `performance`, timers and `Intl` formats called without a date keep to the machine's time.
 */
export function installSimulatedDate(): (reading: string) => void {
  const Native = Date;
  const machineNow = Native.now;
  let now = () => machineNow();
  // A proxy and not a subclass, because `Date()` without `new` must work too.
  const Simulated = new Proxy(Native, {
    apply: () => new Native(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    get: (target, name) => (name === "now" ? () => now() : Reflect.get(target, name)),
  });
  Native.prototype.constructor = Simulated;
  globalThis.Date = Simulated;
  return (reading) => {
    const ms = Number(reading.slice(1));
    now = reading.startsWith("=") ? () => ms : () => machineNow() + ms;
  };
}
