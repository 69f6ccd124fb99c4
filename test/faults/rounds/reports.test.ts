import { REPORTS } from '../cases/reports.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('reports of SES', { faults: { clockRate: 4 } }, REPORTS);
