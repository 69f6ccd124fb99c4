import { TRIGGER_RETRIES } from '../cases/trigger-retries.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('Cognito’s retries', { faults: { clockRate: 4 } }, TRIGGER_RETRIES);
