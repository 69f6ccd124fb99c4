/** Makes `Date` in this process show the local system's time. The import replaces the global; timers stay real. */
import type { ClockSettings } from '../../../ground/clock.ts';

const RealDate = Date;
const realNow = Date.now;
let settings: ClockSettings = { realAnchor: 0, shownAnchor: 0, rate: 1 };

const shownNow = () => Math.floor(settings.shownAnchor + (realNow() - settings.realAnchor) * settings.rate);

// A proxy and not a subclass: dates that Node itself makes (file times, clones) must stay instances of `Date`,
// and `Date()` without `new` must stay callable.
const ShownDate: DateConstructor = new Proxy(RealDate, {
  apply: () => new RealDate(shownNow()).toString(),
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [shownNow()] : args, newTarget),
});

RealDate.now = shownNow;
Object.defineProperty(RealDate.prototype, 'constructor', { value: ShownDate });
globalThis.Date = ShownDate;

export const setClock = (next: ClockSettings): void => {
  settings = next;
};
