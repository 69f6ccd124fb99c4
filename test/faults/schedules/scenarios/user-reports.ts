/** Reports "this was not me" while the sign-in goes on. */
import { SECOND } from '../../../support/table/challenges.ts';
import { userItemOf } from '../../support/judge/final-state.ts';
import type { Judge, Scenario } from '../engine/explore.ts';
import type { Operation } from '../engine/operation.ts';
import { always, finalStateOf, outcomesOf, say } from '../product/judge.ts';
import { aCreate, aGuard, anAnswerForTokens, type Handed } from '../product/operations.ts';
import { mailed, type Named, round } from '../product/pasts.ts';
import { aUserReport } from '../product/user-reports.ts';

/** What a report came before, never happens, in this moment or later. */
const nothingAfterReport: Judge = (view) => {
  const { challenges } = finalStateOf(view.world);
  const outcomes = outcomesOf(view.results);
  const kinds = outcomes.flatMap(({ notMe = [] }) => notMe);
  const isVerified = outcomes.some(({ result }) => result === 'verified');
  const hasTokens = challenges.some(({ events }) => events.TOKENS_ISSUED !== undefined);
  return [
    ...always(view),
    ...say([
      [!(kinds.includes('revoked') && isVerified), 'a code was right after a report had ended it'],
      [!(kinds.includes('revoked') && hasTokens), 'tokens were given for a code that a report had ended'],
      [!(kinds.includes('withheld') && hasTokens), 'tokens were given after a report had kept them back'],
      [!kinds.includes('refused'), 'an honest report was refused'],
    ]),
  ];
};

/** Once a report has come to its end, nobody is handed its challenge, and the user is blocked, whatever crashed before. */
const isTakenToItsEnd =
  ({ challengeId }: Handed): Judge =>
  ({ world }) => {
    const final = finalStateOf(world);
    const { latest = {}, blockedUntil, 'block#2': earlier = 0 } = userItemOf(final);
    const { outcome, events = {} } = final.challenges.find((it) => it.challengeId === challengeId) ?? {};
    return say([
      [blockedUntil !== undefined, 'the user is not blocked after a report'],
      [earlier === 0, 'one report counts as several blocks'],
      [latest[challengeId] === undefined, 'a reported challenge can still be handed out'],
      [(events.REVOKED ?? events.REPORTED) !== undefined, 'a report left no fact'],
      [outcome !== undefined, 'a challenge is open after a report'],
    ]);
  };

const reported = (handed: Handed): Pick<Scenario, 'always' | 'finally' | 'afterwards'> => ({
  always: nothingAfterReport,
  // Whoever gets no answer sends the form again.
  afterwards: [aUserReport('report once more', handed)],
  finally: isTakenToItsEnd(handed),
});

/** A mail is reported, its code is given for tokens, and something else happens, in any order. `wait` is in milliseconds. */
const reportAnswerAnd =
  (other: (handed: Handed) => Operation, wait = 0): Named['scenario'] =>
  async () => {
    const { world, handed } = await mailed();
    return {
      world: { ...world, time: world.time + wait },
      operations: [
        aUserReport('report', handed),
        other(handed),
        anAnswerForTokens('right answer', { kind: 'right', round: round(1), ...handed }),
      ],
      faults: 2,
      ...reported(handed),
    };
  };

const TOKENS: Named = {
  name: 'a mail is reported twice while its code is given for tokens',
  invariant: 'no tokens after a report, and none of a code that it has ended',
  scenario: reportAnswerAnd((handed) => aUserReport('report again', handed)),
};

const REPEATED: Named = {
  name: 'a mail is reported while Cognito repeats its calls',
  invariant: 'a repeated answer or request for tokens gets nothing that a report has stopped',
  scenario: async () => {
    const { world, handed } = await mailed();
    const right = { kind: 'right', round: round(1), ...handed } as const;
    return {
      world,
      operations: [
        aUserReport('report', handed),
        anAnswerForTokens('right answer', right),
        anAnswerForTokens('right answer again', right),
        aGuard('tokens without a code'),
      ],
      faults: 1,
      ...reported(handed),
    };
  },
};

const RESEND: Named = {
  name: 'a mail is reported while another is ordered and the code is given',
  invariant: 'the reported challenge is handed out to nobody any more',
  scenario: reportAnswerAnd(
    ({ challengeId }) => aCreate('resend', { call: 'resend', current: challengeId }),
    31 * SECOND,
  ),
};

const NEXT_SIGN_IN: Named = {
  name: 'a mail is reported while a second sign-in begins and the code is given',
  invariant: 'the second sign-in is handed nothing that is reported',
  scenario: reportAnswerAnd(() => aCreate('second sign-in')),
};

export const USER_REPORTS: readonly Named[] = [TOKENS, REPEATED, RESEND, NEXT_SIGN_IN];
