/** Deliberate breaks of the rules: a table that overlooks a part of a condition, or an operation that comes at a wrong time. */
import type { Scenario } from '../engine/explore.ts';
import type { Call } from '../engine/operation.ts';
import { aDelivery, begin, type OwnerOf } from '../product/deliveries.ts';
import { ordered } from '../product/pasts.ts';
import { atExpiry } from './deliveries.ts';

export interface Break {
  readonly name: string;
  /** The scenario that notices it. */
  readonly noticedBy: string;
  readonly problem: RegExp;
  apply(scenario: Scenario): Scenario | Promise<Scenario>;
}

/** A part of a condition that always holds. The names in it stay, because DynamoDB refuses those that are not used. */
const overlooked = (part: string) => `(${part} OR attribute_exists(pk) OR attribute_not_exists(pk))`;

const OWN_ADDRESS = '(attribute_not_exists(addressHash) OR addressHash = :addressHash)';

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

/** All executions are played with leases that belong to the execution, and not to one call of its function. */
const ownedByExecution: OwnerOf = ({ execution }) => execution;

export const BREAKS: readonly Break[] = [
  {
    name: 'a lease that belongs to an execution',
    noticedBy: 'one delivery is executed twice',
    problem: /two mails of one delivery/,
    apply: async (scenario) => {
      const { input } = await ordered();
      const operations = ['execution 1', 'execution 2'].map((name) =>
        aDelivery(name, input, ownedByExecution),
      );
      return { ...scenario, operations, begin: begin(ownedByExecution) };
    },
  },
  {
    name: 'a challenge of another address that stays open',
    noticedBy: 'the address changes while the old code is given twice',
    problem: /the codes of two addresses work/,
    apply: (scenario) => ({
      ...scenario,
      distort: (call) => {
        const { ConditionExpression = '' } = call.input as { readonly ConditionExpression?: string };
        if (!ConditionExpression.includes('#replaced')) return call;
        const changed = `(${ConditionExpression}) AND attribute_not_exists(pk)`;
        return { ...call, input: { ...call.input, ConditionExpression: changed } };
      },
    }),
  },
  {
    name: 'a code that works at any address',
    noticedBy: 'the address changes while a mail is on its way, and its code is given',
    problem: /a code was taken that an address has which the user has not/,
    apply: overlooking(OWN_ADDRESS, 'attempts'),
  },
  {
    name: 'a mail that goes to any address',
    noticedBy: 'a delivery, and two executions that nobody ordered',
    problem: /a code was mailed to another address/,
    apply: overlooking(OWN_ADDRESS, '#lease'),
  },
  {
    name: 'a failure that is written down whatever the address',
    noticedBy: 'a delivery, and an execution of a stranger whose function never runs',
    problem: /a stranger has (?:left a trace|ended the mail)/,
    apply: overlooking(OWN_ADDRESS, 'events.#resent'),
  },
  {
    name: 'an order that comes back although SES may have the mail',
    noticedBy: 'a sign-in and the executions that it starts',
    problem: /a mail that SES took does not count/,
    apply: overlooking('attribute_not_exists(#unclear)'),
  },
  {
    name: 'a user record that is written over',
    noticedBy: 'Cognito calls create three times at once',
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
    noticedBy: 'one delivery is executed twice',
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
    name: 'a notice that asks for no pause',
    noticedBy: 'the last answers of two challenges, before a lock',
    problem: /the notice wrongCodes came after two challenges/,
    apply: overlooking('(attribute_not_exists(#noticed) OR #noticed.#at <= :dayAgo)'),
  },
  {
    name: 'a report that tokens are given after',
    noticedBy: 'a mail is reported twice while its code is given for tokens',
    problem: /tokens were given after a report had kept them back/,
    apply: overlooking('attribute_not_exists(events.#reported)'),
  },
  {
    name: 'a report that ends a code which was given',
    noticedBy: 'a mail is reported while Cognito repeats its calls',
    problem: /has the outcome REVOKED and the facts/,
    apply: overlooking('(attribute_not_exists(#outcome) OR #outcome = :revoked)'),
  },
  {
    name: 'a report that blocks again whenever it is repeated',
    noticedBy: 'a mail is reported twice while its code is given for tokens',
    problem: /one report counts as several blocks/,
    apply: overlooking('(attribute_not_exists(#third) OR #third < :at)'),
  },
  {
    name: 'a sweep without its grace',
    noticedBy: 'a delivery, a report and the sweep at expiry',
    problem: /a challenge that was mailed is an orphan/,
    apply: (scenario) => ({ ...scenario, operations: atExpiry(scenario.operations, 0) }),
  },
];
