import { WHOLE_SIGN_INS } from '../cases/whole-sign-ins.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('whole sign-ins', { faults: { clockRate: 4 } }, WHOLE_SIGN_INS);
