/** The clock of a sign-in by a machine whose own clock is right. */
import type { ServiceClock } from '../../../shared/clock/service-clock.ts';

export const MACHINE_CLOCK: ServiceClock = { now: () => Date.now(), compare: async () => {} };
