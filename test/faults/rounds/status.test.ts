import { STATUS_CASES } from '../cases/status.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('how the mail stands', { faults: { clockRate: 4 } }, STATUS_CASES);
