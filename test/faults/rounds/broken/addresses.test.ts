import { ADDRESSES } from '../../cases/addresses.ts';
import { describeBreaks, type NoticedBreak, playAnyOf } from '../../support/play/describe-breaks.ts';

/** What becomes of a challenge when its user gets another address. */
const BREAKS: readonly NoticedBreak[] = [
  {
    name: 'a code that works at any address',
    services: ['verify-auth-challenge'],
    file: 'shared/table/challenge-store.ts',
    text: "'(attribute_not_exists(addressHash) OR addressHash = :addressHash)'",
    replacement: "'(attribute_exists(pk) OR addressHash = :addressHash)'",
    caughtBy: 'the address changes during a sign-in',
    // A fifth of the rounds give the old code to the old challenge.
    rounds: 48,
    problem: /^the old code let the user in$/,
  },
  {
    name: 'a challenge that is handed out at any address',
    services: ['create-auth-challenge'],
    file: 'services/create-auth-challenge/create-challenge.ts',
    text: '(challenge.addressHash ?? addressHash) === addressHash',
    replacement: '(challenge.addressHash ?? addressHash) !== undefined',
    caughtBy: 'the address changes during a sign-in',
    rounds: 10,
    problem: /^the new round says SAME$/,
  },
  {
    name: 'a challenge of another address that stays open',
    services: ['create-auth-challenge'],
    file: 'shared/domain/policy.ts',
    text: 'latest !== undefined && !isForAddress(latest, request.addressHash) && lifeLeft',
    replacement: 'latest !== undefined && isForAddress(latest, request.addressHash) && lifeLeft',
    caughtBy: 'the address changes during a sign-in',
    rounds: 10,
    problem: /^challenge [\w-]+ of an old address is open$/,
  },
  {
    name: 'a challenge that is closed and not measured',
    services: ['create-auth-challenge'],
    file: 'services/create-auth-challenge/create-challenge.ts',
    text: 'if (replaced !== undefined) {',
    replacement: 'if (replaced === null) {',
    caughtBy: 'the address changes during a sign-in',
    rounds: 20,
    problem: /^\d+ challenges were requested, \d+ were closed, and -?\d+ more are open$/,
  },
];

describeBreaks(BREAKS, playAnyOf(ADDRESSES));
