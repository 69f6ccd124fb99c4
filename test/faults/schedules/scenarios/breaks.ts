/** Deliberate breaks of the rules: a table that overlooks a part of a condition, or an operation that comes at a wrong time. */
import type { Scenario } from '../engine/explore.ts';
import type { Call } from '../engine/operation.ts';
import { atExpiry } from './deliveries.ts';

export interface Break {
  readonly name: string;
  /** The scenario that notices it. */
  readonly noticedBy: string;
  readonly problem: RegExp;
  apply(scenario: Scenario): Scenario;
}

/** A part of a condition that always holds. The names in it stay, because DynamoDB refuses those that are not used. */
const overlooked = (part: string) => `(${part} OR attribute_exists(pk) OR attribute_not_exists(pk))`;

const overlooking =
  (part: string, within = '') =>
  (scenario: Scenario): Scenario => {
    const distort = (call: Call): Call => {
      const { ConditionExpression = '' } = call.input as { readonly ConditionExpression?: string };
      if (!ConditionExpression.includes(part) || !ConditionExpression.includes(within)) return call;
      const changed = ConditionExpression.replace(part, overlooked(part));
      return { ...call, input: { ...call.input, ConditionExpression: changed } };
    };
    return { ...scenario, distort };
  };

export const BREAKS: readonly Break[] = [
  {
    name: 'a user record that is written over',
    noticedBy: 'Cognito calls create twice at once',
    problem: /two challenges were handed out|2 mails/,
    apply: (scenario) => ({
      ...scenario,
      distort: (call) =>
        'ConditionExpression' in call.input && call.input.ConditionExpression === 'attribute_not_exists(pk)'
          ? { ...call, input: { ...call.input, ConditionExpression: overlooked('attribute_not_exists(pk)') } }
          : call,
    }),
  },
  {
    name: 'a lease that everybody gets',
    noticedBy: 'one delivery is executed three times at once',
    problem: /two mails of one delivery/,
    apply: overlooking('attribute_not_exists(#lease)'),
  },
  {
    name: 'an answer to a challenge that is over',
    noticedBy: 'three answers for the last attempt',
    problem: /has the outcome|was guessed at/,
    apply: overlooking('attribute_not_exists(#outcome)', 'attempts'),
  },
  {
    name: 'a last attempt that is not the last',
    noticedBy: 'three answers for the last attempt',
    problem: /answers were judged|was guessed at/,
    apply: overlooking('attempts < :last'),
  },
  {
    name: 'a right answer without its round',
    noticedBy: 'Cognito calls verify twice in a round, and asks for tokens',
    problem: /a right answer was refused/,
    apply: (scenario) => ({
      ...scenario,
      distort: (call) => {
        const { ConditionExpression = '' } = call.input as { readonly ConditionExpression?: string };
        const own = '#outcome = :verified AND verifiedRound = :round';
        if (!ConditionExpression.includes(own)) return call;
        const changed = ConditionExpression.replace(own, `${own} AND attribute_not_exists(pk)`);
        return { ...call, input: { ...call.input, ConditionExpression: changed } };
      },
    }),
  },
  {
    name: 'a wrong answer that counts twice',
    noticedBy: 'Cognito calls verify twice with a wrong code',
    problem: /counts 2 attempts|2 attempts/,
    apply: overlooking('attribute_not_exists(events.#attempt)'),
  },
  {
    name: 'a lock that a right answer does not meet',
    noticedBy: 'wrong answers just below the lock, and the right one',
    problem: /a right answer passed the lock/,
    apply: overlooking('size(failedRounds) < :limit'),
  },
  {
    name: 'a sweep without its grace',
    noticedBy: 'a delivery, a report and the sweep at expiry',
    problem: /a challenge that was mailed is an orphan/,
    apply: (scenario) => ({ ...scenario, operations: atExpiry(scenario.operations, 0) }),
  },
];
