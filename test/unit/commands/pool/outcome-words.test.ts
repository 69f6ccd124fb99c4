import { expect, it } from 'vitest';
import { changedMeanwhile, differs } from '../../../../commands/pool/outcome-words.ts';
import { EXIT } from '../../../../shared/command/failure.ts';

const DIFFERENCES = [
  { at: { clientId: '1abc' }, property: 'AuthSessionValidity', expected: 15, found: 3 },
] as const;
const WRITTEN = [{ at: 'pool', property: 'MfaConfiguration', before: 'ON', after: 'OFF' }] as const;
const NAMES = new Map([['1abc', 'web']]);

it('somebody else who is writing stops a run, which has changed nothing', () => {
  expect(changedMeanwhile({ differences: DIFFERENCES, written: [] }, NAMES)).toMatchObject({
    message: expect.stringMatching(
      /AuthSessionValidity of the client 1abc is 3, not 15\.\nNothing was changed\. Run/,
    ),
    exit: EXIT.refused,
  });
});

it('somebody else who is writing stops a run that has written already, which is a failure', () => {
  expect(changedMeanwhile({ differences: DIFFERENCES, written: WRITTEN }, NAMES)).toMatchObject({
    message: expect.stringMatching(
      /this was written:\n {2}the pool\n {4}MfaConfiguration: ON -> OFF\nRun the command again to go on\./,
    ),
    exit: EXIT.failed,
  });
});

it('what is not as it was written is named, and is a failure', () => {
  expect(differs({ differences: DIFFERENCES })).toMatchObject({
    message: expect.stringMatching(
      /All was written, but .*\n {2}AuthSessionValidity of the client 1abc is 3, not 15\./,
    ),
    exit: EXIT.failed,
  });
});
