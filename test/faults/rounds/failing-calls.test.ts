import { FAILING_CALLS } from '../cases/failing-calls.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('calls that fail', { faults: { clockRate: 4 } }, FAILING_CALLS);
