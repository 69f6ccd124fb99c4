import { SES_FAULTS } from '../cases/ses-faults.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('SES', { faults: { clockRate: 5 } }, SES_FAULTS);
