import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { hashReportToken } from '../../../shared/report/report-token.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { audit } from '../../support/sign-in/audit.ts';
import { findLeaks, findTokenLeaks, TOKEN_ENCODINGS } from '../../support/sign-in/leak-scan.ts';
import { aMailedUser, report } from '../../support/sign-in/mailed-link.ts';
import { writtenBy } from '../../support/sign-in/written-by.ts';
import {
  codeOf,
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  wrongCode,
} from '../../support/system/local-system.ts';

// What links, their pages, reports and notices leave behind.

let system: TestSystem;
let codes: readonly string[];
let tokens: readonly string[];
let sources: Readonly<Record<string, string>>;
const pages: string[] = [];

const tokenOf = (link: string): string => new URL(link).searchParams.get('t') ?? expect.unreachable(link);

/** Opens the link, sends it in each way, and writes down what came back with its headers. */
const follow = async (link: string): Promise<void> => {
  for (const reply of [
    await fetch(link, { headers: { 'user-agent': link, referer: link } }),
    await fetch(link, { method: 'PUT' }),
    await report(link, ''),
    await report(link),
    await report(link.replace('u=', 'u=x')),
  ]) {
    pages.push(JSON.stringify([...reply.headers]), await reply.text());
  }
};

/** Five wrong codes, so that the user gets a notice. */
const useUp = async (): Promise<string> => {
  const { user, step, code, link } = await aMailedUser(system);
  let round: Step = step;
  for (let n = 0; n < 5; n += 1) round = await answerCode(system.client, user, round, wrongCode(code));
  await system.settled();
  return link;
};

beforeAll(async () => {
  system = await startTestSystem({ templateFolder: inject('longCodesTemplateFolder') });
  const open = await aMailedUser(system);
  const verified = await aMailedUser(system);
  await answerCode(system.client, verified.user, verified.step, verified.code);
  const exhausted = await useUp();
  const links = [open.link, verified.link, exhausted];
  for (const link of links) await follow(link);
  await expect(provePassword(system.client, open.user)).rejects.toThrow('[LOCKED until ');
  await provePassword(system.client, await createUser(system));
  await system.settled();

  const mails = system.inbox.all();
  expect(mails.filter(({ tags }) => tags.notice !== undefined)).toHaveLength(1);
  codes = mails.map(codeOf).filter((code) => code !== '');
  tokens = mails.flatMap(({ text }) => /http:\S+\/lambda-url\/\S+/.exec(text)?.[0] ?? []).map(tokenOf);
  const { stdout, stderr } = await audit(system, '--json');
  sources = {
    ...(await writtenBy(system)),
    'pages behind the link': pages.join('\n'),
    notices: JSON.stringify(mails.filter(({ tags }) => tags.notice !== undefined)),
    'npm run audit -- --json': `${stdout}${stderr}`,
    'metrics.json': await (await fetch(`${system.url}/_local/metrics.json`)).text(),
  };
});
afterAll(() => stopTestSystem(system));

describe('reports and notices leave behind', () => {
  it('no token and no code, in any encoding', () => {
    expect([codes.length, new Set(tokens).size]).toEqual([5, 5]);
    expect(findTokenLeaks(tokens, sources)).toEqual([]);
    expect(findLeaks(codes, sources)).toEqual([]);
  });

  it('the hash of each token in the table, and nowhere a link', () => {
    const hashes = tokens.map(hashReportToken);

    expect(hashes.filter((hash) => !sources['table items']?.includes(hash))).toEqual([]);
    const withLink = Object.entries(sources).filter(([, text]) => /[?&]t=[\w-]{22}/.test(text));
    expect(withLink.map(([name]) => name)).toEqual([]);
  });

  it('their traces, so the scan has looked at everything: logs, executions, requests, metrics', () => {
    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^log .*TakeReport/),
        expect.stringMatching(/^log .*Deliver/),
        expect.stringMatching(/^state .*execution/),
      ]),
    );
    expect(sources['requests at the endpoint']).toContain('POST /lambda-url/');
    expect(sources['metrics.json']).toContain('ReportReceived');
    expect(sources['pages behind the link']).toContain('no-referrer');
    expect(Object.entries(sources).find(([name]) => /^log .*TakeReport/.test(name))?.[1]).toContain(
      '"tooLate"',
    );
  });
});

describe('a planted token', () => {
  const hide: Readonly<Record<string, (token: string) => string>> = {
    'token, as in the link': (token) => `GET /lambda-url/x/?t=${token}`,
    'token, hex of its bytes': (token) => Buffer.from(token, 'base64url').toString('hex'),
    'token, base64 of its bytes': (token) => Buffer.from(token, 'base64url').toString('base64'),
    'token, hex of its text': (token) => Buffer.from(`t=${token}`).toString('hex'),
    'token, base64 of its text, offset 0': (token) => Buffer.from(`abc${token}xyz`).toString('base64'),
    'token, base64 of its text, offset 1': (token) => Buffer.from(`abct${token}xyz`).toString('base64'),
    'token, base64 of its text, offset 2': (token) => Buffer.from(`abct=${token}xyz`).toString('base64'),
  };

  it.each(TOKEN_ENCODINGS)('is found in every source: %s', (encoding) => {
    const [token = ''] = tokens;
    const planted = hide[encoding]?.(token) ?? expect.unreachable(encoding);

    for (const [source, text] of Object.entries(sources)) {
      expect(findTokenLeaks(tokens, { [source]: `${text}\n${planted}` })).toContainEqual({
        source,
        encoding,
      });
    }
  });

  it('is found in a real log file', async () => {
    const [token = ''] = tokens;
    appendFileSync(join(system.folder, 'logs', 'TakeReportLambdaFunction.log'), `{"t":"${token}"}\n`);

    expect(findTokenLeaks(tokens, await writtenBy(system))).toEqual(
      expect.arrayContaining([
        { source: 'log TakeReportLambdaFunction.log', encoding: 'token, as in the link' },
      ]),
    );
  });
});
