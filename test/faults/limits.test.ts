import { LIMITS } from './cases/limits.ts';
import { describeCases } from './support/fault-suite.ts';

describeCases('limits', { faults: { clockRate: 4 } }, LIMITS);
