import { ADDRESSES } from '../cases/addresses.ts';
import { DOORS } from '../cases/doors.ts';
import { REDIRECTS } from '../cases/redirects.ts';
import { REFERENCES } from '../cases/references.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('references to challenges', { faults: { clockRate: 4 } }, [
  ...REFERENCES,
  ...REDIRECTS,
  ...DOORS,
  ...ADDRESSES,
]);
