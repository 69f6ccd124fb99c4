import { REFERENCES } from './cases/references.ts';
import { describeCases } from './support/fault-suite.ts';

describeCases('references to challenges', { faults: { clockRate: 4 } }, REFERENCES);
