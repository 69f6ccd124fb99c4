import { ORDERS } from '../../cases/orders.ts';
import { describeBreaks, type NoticedBreak, playAnyOf } from '../../support/play/describe-breaks.ts';

/** What counts against a user. */
const BREAKS: readonly NoticedBreak[] = [
  {
    name: 'a refused mail that counts',
    services: ['deliver-code'],
    file: 'services/deliver-code/deliver.ts',
    text: "if (sent.kind === 'refused') await handBack(deps, attempt, sent.error.name);",
    replacement: '',
    caughtBy: 'SES refuses the last mail that a user may have',
    rounds: 4,
    problem: /^refused mail \d has counted$/,
  },
  {
    name: 'a good sign-in that counts',
    services: ['verify-auth-challenge'],
    file: 'shared/table/user-store.ts',
    text: "hasOrders ? ', orders.#challengeId' : ''",
    replacement: "hasOrders ? '' : ''",
    caughtBy: 'good sign-ins up to the ceiling of orders',
    rounds: 4,
    problem: /^challenge [\w-]+ was used well, and counts$/,
  },
  {
    name: 'a ceiling that stands still',
    services: ['create-auth-challenge'],
    file: 'shared/domain/orders.ts',
    text: 'count: count.count + 1 }',
    replacement: 'count: count.count }',
    caughtBy: 'good sign-ins up to the ceiling of orders',
    rounds: 4,
    problem: /^the next order was refused with undefined$/,
  },
  {
    name: 'a limit on mails that is too high',
    services: ['create-auth-challenge'],
    file: 'shared/domain/orders.ts',
    text: '(times.at(-most) ?? Number.NEGATIVE_INFINITY)',
    replacement: '(times.at(-most * 2) ?? Number.NEGATIVE_INFINITY)',
    caughtBy: 'SES comes back after sign-ins again and again',
    rounds: 30,
    problem: /^\d+ mails after \d+$/,
  },
];

describeBreaks(BREAKS, playAnyOf(ORDERS));
