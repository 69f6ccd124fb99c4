import { EXECUTIONS } from '../cases/executions.ts';
import { PARALLEL_SIGN_INS } from '../cases/parallel-sign-ins.ts';
import { REPEATED_TRIES } from '../cases/repeated-tries.ts';
import { describeCases } from '../support/play/fault-suite.ts';

describeCases('more than one at a time', { faults: { clockRate: 4 } }, [
  ...PARALLEL_SIGN_INS,
  ...EXECUTIONS,
  ...REPEATED_TRIES,
]);
