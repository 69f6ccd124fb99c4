/** SES's reports of a mail come twice, in any order, late, or not at all. */
import { differences, type FinalState, kindOf } from '../support/judge/final-state.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { switching } from '../support/play/switching.ts';

interface Fate {
  readonly localPart: string;
  readonly domain: string;
  /** The facts that SES's reports about such a recipient become. */
  readonly facts: readonly string[];
}

const SIMULATOR = 'simulator.amazonses.com';
const OUTCOME = 'outcome.example.com';

const FATES: readonly [Fate, ...Fate[]] = [
  { localPart: 'success', domain: SIMULATOR, facts: ['ACCEPTED', 'DELIVERED'] },
  { localPart: 'bounce', domain: SIMULATOR, facts: ['ACCEPTED', 'BOUNCED'] },
  { localPart: 'complaint', domain: SIMULATOR, facts: ['ACCEPTED', 'COMPLAINED', 'DELIVERED'] },
  { localPart: 'suppressionlist', domain: SIMULATOR, facts: ['ACCEPTED', 'SUPPRESSED'] },
  { localPart: 'delayed', domain: OUTCOME, facts: ['ACCEPTED', 'DELAYED', 'DELIVERED'] },
  { localPart: 'gone', domain: OUTCOME, facts: ['ACCEPTED', 'BOUNCED', 'DELAYED'] },
  { localPart: 'rejected', domain: OUTCOME, facts: ['ACCEPTED', 'REJECTED'] },
];

const REPORTED = new Set(FATES.flatMap(({ facts }) => facts));

const reportsOf = ({ challenges }: FinalState): readonly string[] =>
  challenges
    .flatMap(({ events }) => Object.keys(events).map(kindOf))
    .filter((kind) => REPORTED.has(kind))
    .toSorted();

const reported = (
  name: string,
  invariant: string,
  prepare: FaultCase['prepare'] & object,
  agrees: (found: readonly string[], facts: readonly string[]) => boolean,
): FaultCase => ({
  name,
  invariant,
  rounds: 200,
  inParallel: 16,
  prepare,
  play: async (round) => {
    const { localPart, domain, facts } = round.random.pick(FATES);
    const person = round.person(`${localPart}+${round.random.uuid()}@${domain}`);
    await round.cognito().prove(person);
    return (final) => {
      const found = reportsOf(final);
      return [
        ...(agrees(found, facts) ? [] : [`${found.join(', ')} instead of ${facts.join(', ')}`]),
        ...differences(final, { challenges: 1, mails: 1, verified: 0, attempts: 0 }),
      ];
    };
  },
});

export const REPORTS: readonly FaultCase[] = [
  reported(
    'reports come twice and out of order',
    'the trail and the metrics have each report once, as if nothing had happened',
    switching({ feedbackTwice: true, feedbackShuffled: true }),
    (found, facts) => found.join() === facts.join(),
  ),
  reported(
    'a third of the reports is lost, the others come twice',
    'the trail has nothing that was not reported, and nothing twice',
    switching({ feedbackLost: 33, feedbackTwice: true }),
    (found, facts) => found.every((kind) => facts.includes(kind)) && new Set(found).size === found.length,
  ),
];
