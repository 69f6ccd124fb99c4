import { LASTING_FAILURES } from '../cases/lasting-failures.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('writes that fail for good', { faults: { clockRate: 4 } }, LASTING_FAILURES);
