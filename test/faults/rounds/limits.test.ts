import { BURSTS } from '../cases/bursts.ts';
import { LIMIT_CASES } from '../cases/limits.ts';
import { ORDERS } from '../cases/orders.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('limits', { faults: { clockRate: 4 } }, [...LIMIT_CASES, ...BURSTS, ...ORDERS]);
