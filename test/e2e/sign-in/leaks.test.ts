import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { audit, readTrails } from '../../support/sign-in/audit.ts';
import { ENCODINGS, findLeaks } from '../../support/sign-in/leak-scan.ts';
import { writtenBy } from '../../support/sign-in/written-by.ts';
import {
  codeOf,
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

const SIGN_INS = 50;
const AT_ONCE = 2;

let system: TestSystem;
let codes: readonly string[];
let sources: Readonly<Record<string, string>>;
/** Everything that clients were sent, errors included. */
const answers: string[] = [];

const heard = async (answer: Promise<Step>): Promise<Step> => {
  try {
    const step = await answer;
    answers.push(JSON.stringify({ ...step, $metadata: undefined }));
    return step;
  } catch (error) {
    answers.push(`${error}`);
    throw error;
  }
};

/** Sends a report that cannot be read, and waits until it is in the dead-letter queue. */
const reportNonsense = async (): Promise<void> => {
  const [mail] = system.inbox.all();
  const tags = {
    ...mail?.tags,
    challenge: 'nonsense',
    'ses:configuration-set': 'MailSenderConfigurationSet',
  };
  await fetch(`${system.url}/2015-03-31/functions/RecordFeedbackLambdaFunction/invocations`, {
    method: 'POST',
    headers: { 'x-amz-invocation-type': 'Event' },
    body: JSON.stringify({
      eventType: 'Send',
      messageId: mail?.messageId,
      tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    }),
  });
  system.clock.adjust({ rate: 600 });
  await system.settled();
  system.clock.adjust({ rate: 1 });
};

/** The simulator's success@ has a server that quotes the address in its reply. */
const someAddress = () => `success+${randomUUID()}@simulator.amazonses.com`;

/** A wrong answer first, then the right one, then the session once more, which is refused. */
const signInOnce = async (): Promise<void> => {
  const user = await createUser(system, { email: someAddress() });
  const first = await heard(provePassword(system.client, user));
  const code = await waitForCode(system, user);
  const second = await heard(answerCode(system.client, user, first, wrongCode(code)));
  // This client says more about itself than it should.
  const claims = { ipAddress: '192.0.2.7', userAgent: `browser/1 ${code} ${user.email} typed ${code}!` };
  const done = await heard(answerCode(system.client, user, second, code, undefined, claims));
  expect(done.AuthenticationResult).toBeDefined();
  await expect(heard(answerCode(system.client, user, second, code))).rejects.toThrow();
};

beforeAll(async () => {
  system = await startTestSystem({ templateFolder: inject('longCodesTemplateFolder') });
  for (let done = 0; done < SIGN_INS; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, signInOnce));
  }
  // One sign-in is left open, so that its session is stored; the sweep closes its challenge.
  const open = await createUser(system);
  await heard(provePassword(system.client, open));
  await system.settled();
  await reportNonsense();
  system.clock.adjust({ offsetMs: 10 * 60_000 });
  const isSwept = async () => (await readTrails(system)).every(({ outcome }) => outcome !== null);
  await vi.waitFor(async () => expect(await isSwept()).toBe(true), { timeout: 20_000 });
  codes = system.inbox.all().map(codeOf);
  const [text, json] = [await audit(system), await audit(system, '--json')];
  sources = {
    ...(await writtenBy(system)),
    'answers to clients': answers.join('\n'),
    'npm run audit': `${text.stdout}${text.stderr}`,
    'npm run audit -- --json': `${json.stdout}${json.stderr}`,
    'metrics.json': await (await fetch(`${system.url}/_local/metrics.json`)).text(),
  };
}, 120_000);
afterAll(() => stopTestSystem(system));

describe(`what ${SIGN_INS} sign-ins with 10-digit codes leave behind`, () => {
  it('holds no code in any encoding', () => {
    expect(codes).toHaveLength(SIGN_INS + 1);
    expect(codes.every((code) => /^\d{10}$/.test(code))).toBe(true);
    expect(findLeaks(codes, sources)).toEqual([]);
    const sizes = Object.entries(sources).map(([name, text]) => `${name} ${text.length}`);
    console.log(`Scanned for ${codes.length} codes, characters: ${sizes.join(', ')}`);
  });

  it('was looked at everywhere: logs of all functions, executions, sessions, items, answers', () => {
    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^log .*Define/),
        expect.stringMatching(/^log .*Create/),
        expect.stringMatching(/^log .*Verify/),
        expect.stringMatching(/^log .*Deliver/),
        expect.stringMatching(/^log .*RecordFeedback/),
        expect.stringMatching(/^log .*Sweep/),
        expect.stringMatching(/^state .*metric/),
        expect.stringMatching(/^state .*(queue|message|sqs)/),
        expect.stringMatching(/^state .*execution/),
        expect.stringMatching(/^state .*session/),
        'table items',
        'requests at the endpoint',
        'answers to clients',
        'npm run audit',
        'npm run audit -- --json',
      ]),
    );
    expect(sources['npm run audit']).toMatch(/claimed client browser\/\*\*\* \*\*\* typed/);
    expect(sources['npm run audit']).toContain("server's reply 250 2.1.5 <***>");
  });

  it('holds no full address outside Cognito, the mail and the workflow’s own data', () => {
    const allowed = /^state (cognito-|execution)|^answers to clients$/;
    const addresses = system.inbox.all().flatMap(({ to }) => to);

    const places = Object.entries(sources)
      .filter(([name]) => !allowed.test(name))
      .filter(([, text]) => addresses.some((address) => text.includes(address)))
      .map(([name]) => name);

    expect(places).toEqual([]);
  });
});

describe('a planted leak', () => {
  const hide: Readonly<Record<string, (code: string) => string>> = {
    plain: (code) => `code=${code}.`,
    hex: (code) => Buffer.from(`code ${code}`).toString('hex'),
    'base64, offset 0': (code) => Buffer.from(`abc${code}xyz`).toString('base64'),
    'base64, offset 1': (code) => Buffer.from(`{"c":${code}}`.slice(1)).toString('base64'),
    'base64, offset 2': (code) => Buffer.from(`{"c":${code}}`).toString('base64'),
  };

  it.each(ENCODINGS)('is found in every source: %s', (encoding) => {
    const [code = ''] = codes;
    const planted = hide[encoding]?.(code) ?? '';

    for (const [source, text] of Object.entries(sources)) {
      expect(findLeaks(codes, { [source]: `${text}${planted}` })).toEqual([{ source, encoding }]);
    }
  });

  it('is found in a real log file', async () => {
    const [code = ''] = codes;
    appendFileSync(join(system.folder, 'logs', 'DeliverCodeLambdaFunction.log'), `{"code":"${code}"}\n`);

    const leaks = findLeaks(codes, await writtenBy(system));

    expect(leaks).toEqual([{ source: 'log DeliverCodeLambdaFunction.log', encoding: 'plain' }]);
  });

  it('is not seen in a longer number', () => {
    expect(findLeaks(['1234567890'], { log: 'at 91234567890, 12345678901' })).toEqual([]);
  });
});
