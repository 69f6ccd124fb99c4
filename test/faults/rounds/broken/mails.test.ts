import { EXECUTIONS } from '../../cases/executions.ts';
import { REDIRECTS } from '../../cases/redirects.ts';
import { REPORTS } from '../../cases/reports.ts';
import { TRIGGER_RETRIES } from '../../cases/trigger-retries.ts';
import { describeBreaks, type NoticedBreak, playAnyOf } from '../../support/play/describe-breaks.ts';

const STORE = 'shared/table/challenge-store.ts';

/** What becomes of mails and of their trail. */
const BREAKS: readonly NoticedBreak[] = [
  {
    name: 'a lease that everybody gets',
    services: ['deliver-code'],
    file: STORE,
    text: "'(attribute_not_exists(#lease) OR #lease.#until",
    replacement: "'(attribute_exists(pk) OR attribute_not_exists(#lease) OR #lease.#until",
    caughtBy: 'every execution runs twice',
    rounds: 10,
    problem: /^mails: 2 instead of 1$/,
  },
  {
    name: 'a code that is drawn instead of derived',
    services: ['deliver-code'],
    file: 'services/deliver-code/deliver.ts',
    text: 'const code = deriveCode(key, delivery, deps.codeLength);',
    replacement: 'const code = Math.random().toFixed(deps.codeLength).slice(2);',
    caughtBy: 'create is called again',
    rounds: 10,
    problem: /^the user is not in$/,
  },
  {
    name: 'a fact that is appended instead of written once',
    services: ['create-auth-challenge'],
    file: STORE,
    text: "'#reused': factName(delivery, 'REUSED'),",
    replacement: "'#reused': factName(delivery, 'REUSED').concat('@', String(fact.request)),",
    caughtBy: 'create is called again',
    rounds: 10,
    problem: /has facts that do not exist: 1#REUSED@/,
  },
  {
    name: 'a report that is measured each time',
    services: ['record-feedback'],
    file: 'services/record-feedback/feedback-store.ts',
    text: 'return isOwn ?',
    replacement: 'return isOwn || true ?',
    caughtBy: 'reports come twice and out of order',
    rounds: 40,
    problem: /^Mail\w+ is \d+, with \d+ facts \w+$/,
  },
  {
    name: 'a mail that goes to any address',
    services: ['deliver-code'],
    file: STORE,
    text: "'(attribute_not_exists(addressHash) OR addressHash = :addressHash)'",
    replacement: "'(attribute_exists(pk) OR addressHash = :addressHash)'",
    caughtBy: 'a delivery is started with another address or number',
    rounds: 16,
    problem: /has \d+ mails to another address$/,
  },
  {
    name: 'a mail of a number that was never ordered',
    services: ['deliver-code'],
    file: STORE,
    text: 'AND attribute_exists(events.#requested) AND ${',
    replacement: 'AND (attribute_exists(events.#requested) OR attribute_exists(pk)) AND ${',
    caughtBy: 'a delivery is started with another address or number',
    rounds: 40,
    problem: /has a mail that nobody asked for$/,
  },
  {
    name: 'a failure that the workflow writes down whatever the address',
    services: [],
    file: 'infra/functions/delivery-workflow.asl.json',
    text: 'addressHash = :addressHash) AND attribute_not_exists(#unclear)"',
    replacement: 'attribute_exists(pk) OR addressHash = :addressHash) AND attribute_not_exists(#unclear)"',
    caughtBy: 'a delivery is started with another address or number',
    rounds: 200,
    problem:
      /The mail did not come in time|the trail has .*1#SEND_FAILED|^the owner’s challenge has changed$/,
  },
];

describeBreaks(BREAKS, playAnyOf([...TRIGGER_RETRIES, ...EXECUTIONS, ...REDIRECTS, ...REPORTS]));
