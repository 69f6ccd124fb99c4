import { CLOCKS } from '../cases/clocks.ts';
import { KEYS } from '../cases/keys.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('keys and clocks', { faults: { clockRate: 4 } }, [...KEYS, ...CLOCKS]);
