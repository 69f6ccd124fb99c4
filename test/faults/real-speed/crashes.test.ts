import { CRASHES } from '../cases/crashes.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('senders that die', { faults: { clockRate: 4 }, inProcesses: true }, CRASHES);
