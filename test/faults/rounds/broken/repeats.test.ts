import { REPEATED_TRIES } from '../../cases/repeated-tries.ts';
import { describeBreaks, type NoticedBreak, playAnyOf } from '../../support/play/describe-breaks.ts';

const DELIVER = 'services/deliver-code/deliver.ts';

/** What becomes of tries that are made again. */
const BREAKS: readonly NoticedBreak[] = [
  {
    name: 'a lease that belongs to the execution',
    services: ['deliver-code'],
    file: DELIVER,
    text: 'owner: invocation,',
    replacement: 'owner: delivery.execution,',
    caughtBy: 'one try of one execution is made again and again',
    rounds: 40,
    problem: /^mails: [2-4] instead of 1$/,
  },
  {
    name: 'a mail without an answer that is taken for a refused one',
    services: ['deliver-code'],
    file: DELIVER,
    text: "if (sent.kind === 'refused') await",
    replacement: 'if (sent.error !== undefined) await',
    caughtBy: 'the answer of SES is lost, and some of its reports',
    rounds: 10,
    problem: /^the trail has 1 tries of 2 mails$/,
  },
];

describeBreaks(BREAKS, playAnyOf(REPEATED_TRIES));
