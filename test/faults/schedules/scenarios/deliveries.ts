/** Executions, reports and the sweep at once. */
import { MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';
import { countFacts } from '../../support/judge/final-state.ts';
import type { Scenario } from '../engine/explore.ts';
import { anEmptyWorld } from '../engine/world.ts';
import { aDelivery, aThrottledDelivery, beginDelivery } from '../product/deliveries.ts';
import { always, finalStateOf, orderedMails, outcomesOf, say } from '../product/judge.ts';
import { aCreate, aReport, aSweep } from '../product/operations.ts';
import { type Named, ordered } from '../product/pasts.ts';

const EXPIRY_AT = NOW + 5 * MINUTE;

const ONE_CREATE: Named = {
  name: 'a sign-in and the executions that it starts',
  invariant: 'whoever is handed a challenge is mailed its code, or the trail says why not',
  scenario: async () => ({
    world: anEmptyWorld(NOW),
    operations: [aCreate('create')],
    begin: beginDelivery,
    afterwards: [aSweep('sweep', EXPIRY_AT + 31 * SECOND)],
    faults: 2,
    always,
    finally: ({ world, results }) => {
      const final = finalStateOf(world);
      const [created] = outcomesOf(results);
      const sent = countFacts(final, 'SENT') > 0;
      // Where a lease is lost twice, the execution gives up before the lease ends. The sweep finds such a challenge.
      const isKnown = sent || countFacts(final, 'SEND_FAILED') > 0 || countFacts(final, 'ORPHANED') > 0;
      return say([
        [created?.handed === undefined || isKnown, 'nobody knows what became of the mail'],
        [sent === final.mails.some(({ answered }) => answered), 'the trail does not say what SES took'],
      ]);
    },
  }),
};

const SAME_DELIVERY: Named = {
  name: 'one delivery is executed twice',
  invariant: 'one mail goes out, or as many more as answers of SES were lost',
  scenario: async () => {
    const { world, input } = await ordered();
    return {
      world,
      operations: [aDelivery('execution 1', input), aDelivery('execution 2', input)],
      faults: 2,
      always,
      finally: ({ world: { mails } }) => {
        const unanswered = mails.filter(({ answered }) => !answered).length;
        return say([[mails.length <= 1 + unanswered, 'too many mails went out']]);
      },
    };
  },
};

const REPORTS: Named = {
  name: 'a delivery, and two reports of SES about its mail',
  invariant: 'the trail has each fact once, and the mail is known to have left',
  scenario: async () => {
    const { world, input, handed } = await ordered();
    return {
      world,
      operations: [
        aDelivery('execution', input),
        aReport('accepted', 'Send', handed, NOW + SECOND),
        aReport('bounced', 'Bounce', handed, NOW + 2 * SECOND),
      ],
      faults: 2,
      always,
      finally: ({ world, results }) => {
        const { challenges } = finalStateOf(world);
        const reported = results.some(
          ({ outcome }) => (outcome as { reported?: string })?.reported === 'first',
        );
        const mailed = challenges.every((challenge) => (challenge as { mailed?: boolean }).mailed === true);
        return say([[!reported || mailed, 'a mail that was reported is not known to have left']]);
      },
    };
  },
};

const STRANGERS: Named = {
  name: 'a delivery, and two executions that nobody ordered',
  invariant: 'no mail goes to a stranger, and none of them leaves a trace or keeps the mail from its owner',
  scenario: async () => {
    const { world, input } = await ordered();
    const { addressHash, ...known } = input;
    return {
      world,
      operations: [
        aDelivery('execution', input),
        aDelivery('execution for another address', { ...known, email: 'mallory@example.com' }),
        aDelivery('execution of another number', { ...known, delivery: 77 }),
      ],
      faults: 2,
      always,
      finally: ({ world: { mails, items }, results }) => {
        const [owner] = results.map(
          ({ outcome }) => outcome as { readonly status: string; readonly error?: string },
        );
        const text = JSON.stringify([...items.values()]);
        return say([
          [!text.includes('"77#') && !text.includes('#77"'), 'a stranger has left a trace'],
          [mails.every(({ to }) => to === input.email), 'a stranger was mailed a code'],
          [owner?.error !== 'LeaseHeld', 'a stranger has kept the mail from its owner'],
        ]);
      },
    };
  },
};

const UNCHECKED: Named = {
  name: 'a delivery, and an execution of a stranger whose function never runs',
  invariant: 'the stranger leaves no trace, and the owner’s mail goes out or fails by itself',
  scenario: async () => {
    const { world, input } = await ordered();
    const { addressHash, ...known } = input;
    return {
      world,
      operations: [
        aDelivery('execution', input),
        aThrottledDelivery('a stranger', { ...known, email: 'mallory@example.com' }),
      ],
      faults: 2,
      always,
      finally: ({ world: { items }, results }) => {
        const [owner] = results.map(({ outcome }) => outcome as { readonly error?: string });
        return say([
          [!JSON.stringify([...items.values()]).includes('a stranger'), 'a stranger has left a trace'],
          [owner?.error !== 'ChallengeClosed', 'a stranger has ended the mail of its owner'],
        ]);
      },
    };
  },
};

const GIVEN_BACK: Named = {
  name: 'a delivery, while another mail is ordered',
  invariant: 'an order comes back if SES took nothing, once, and its number is not handed out again',
  scenario: async () => {
    const { world, input, handed } = await ordered();
    return {
      world: { ...world, time: NOW + 31 * SECOND },
      operations: [
        aDelivery('execution', input),
        aCreate('resend', { call: 'resend', current: handed.challengeId }),
      ],
      faults: 2,
      always,
      finally: ({ world, results }) => {
        const started = world.started.map(({ input: text }) => text);
        const [delivered] = results;
        const { error } = (delivered?.outcome ?? {}) as { readonly error?: string };
        const { challenges } = finalStateOf(world);
        const unsent = challenges.filter(({ events }) => events['1#SEND_FAILED'] !== undefined).length;
        return say([
          [
            !started.includes(JSON.stringify(input)) || unsent === 0 || error === undefined,
            'a mail that has failed was started again',
          ],
          [orderedMails(world).length <= 2, 'more mails count than were ordered'],
        ]);
      },
    };
  },
};

/** The sweep so many seconds after the challenge has expired, instead of the scenario's own. */
export const atExpiry = (operations: Scenario['operations'], seconds: number): Scenario['operations'] =>
  operations.with(2, aSweep('sweep', EXPIRY_AT + seconds * SECOND + 1, seconds));

const EXPIRY: Named = {
  name: 'a delivery, a report and the sweep at expiry',
  invariant: 'the challenge has an outcome, which says whether it was mailed, and what SES took counts',
  scenario: async () => {
    const { world, handed, input } = await ordered();
    return {
      world: { ...world, time: EXPIRY_AT - 10 * SECOND },
      operations: [
        aDelivery('execution', input),
        aReport('report', 'Delivery', handed, EXPIRY_AT),
        aSweep('sweep', EXPIRY_AT + 31 * SECOND),
      ],
      afterwards: [aSweep('the next sweep', EXPIRY_AT + 91 * SECOND)],
      faults: 2,
      always,
      finally: ({ world }) => {
        const final = finalStateOf(world);
        const [challenge] = final.challenges;
        const mailed = final.mails.length > 0 || countFacts(final, 'DELIVERED') > 0;
        return say([
          [challenge?.outcome !== undefined, 'two sweeps have left a challenge without an outcome'],
          [
            challenge?.outcome !== 'ORPHANED' || !final.mails.some(({ answered }) => answered),
            'a challenge that was mailed is an orphan',
          ],
          [challenge?.outcome !== 'EXPIRED' || mailed, 'a challenge that was never mailed has expired'],
        ]);
      },
    };
  },
};

export const DELIVERIES: readonly Named[] = [ONE_CREATE, REPORTS, STRANGERS, UNCHECKED, EXPIRY];
export const EXECUTIONS: readonly Named[] = [SAME_DELIVERY, GIVEN_BACK];
