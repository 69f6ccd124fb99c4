import { LIMITS } from '../cases/limits.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('limits', { faults: { clockRate: 4 } }, LIMITS);
