import { STATUS_CASES } from '../../cases/status.ts';
import { describeBreaks, type NoticedBreak, playAnyOf } from '../../support/play/describe-breaks.ts';

const CREATE = 'services/create-auth-challenge/create-challenge.ts';

/** What a client is told, and what it costs to ask. */
const BREAKS: readonly NoticedBreak[] = [
  {
    name: 'a mail that is said to be sent before it is',
    services: ['create-auth-challenge'],
    file: CREATE,
    text: 'deliveryStatus: deliveryStatus(challenge, delivery),',
    replacement:
      "deliveryStatus: deliveryStatus(challenge, delivery).replace('SENDING', 'SENT') as DeliveryStatus,",
    caughtBy: 'a client asks at any moment how the mail stands',
    rounds: 20,
    problem: /^a status of \S+ told: mail 1 is SENT, while of mail 1 the trail said 1#REQUESTED$/,
  },
  {
    name: 'a mail that is said to be sent although it has come back',
    services: ['create-auth-challenge'],
    file: 'shared/domain/challenge.ts',
    text: 'if (last !== undefined) return last;',
    replacement: "if (last === 'DELIVERED') return last;",
    caughtBy: 'a client asks again and again about a mail that does not arrive',
    rounds: 10,
    problem: /^a status of \S+ told: mail 1 is SENT, while of mail 1 the trail said .*1#(BOUNCED|SUPPRESSED)/,
  },
  {
    name: 'a mail that is on its way although SES is down',
    services: ['create-auth-challenge'],
    file: 'shared/domain/challenge.ts',
    text: "return at('SEND_DEFERRED') === undefined ? 'SENDING' : 'DEFERRED';",
    replacement: "return 'SENDING';",
    caughtBy: 'a client asks again and again while SES is down',
    rounds: 6,
    problem: /^a status of \S+ told: mail 1 is SENDING, while of mail 1 the trail said .*1#SEND_DEFERRED/,
  },
  {
    name: 'a status that orders the next challenge',
    services: ['create-auth-challenge'],
    file: CREATE,
    text: "if (call === 'status') {",
    replacement: "if (call === 'status' && isUsable) {",
    caughtBy: 'a client asks about a challenge that is over',
    rounds: 10,
    problem: /^it was told \w+|^challenges: 2 instead of 1$/,
  },
  {
    name: 'a status that always counts as a round',
    services: ['define-auth-challenge'],
    file: 'services/define-auth-challenge/decide-next-step.ts',
    text: 'Math.min(statusRounds, countStatuses',
    replacement: 'Math.min(statusRounds - statusRounds, countStatuses',
    caughtBy: 'a client asks more often than is free',
    rounds: 10,
    problem: /^the user is not in$/,
  },
  {
    name: 'a status that is compared as an answer',
    services: ['verify-auth-challenge'],
    file: 'services/verify-auth-challenge/handler.ts',
    text: "if (said.call !== 'answer') outcome = said.call;",
    replacement: "if (said.call === 'resend') outcome = said.call;",
    caughtBy: 'a client asks at any moment how the mail stands',
    rounds: 10,
    problem: /^attempts: \d+ instead of \d+$/,
  },
];

describeBreaks(BREAKS, playAnyOf(STATUS_CASES));
