import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  answerRequest,
  type Dependencies,
  REPORT_MS,
} from '../../../../../services/record-feedback/report/answer.ts';
import { createReportPage } from '../../../../../services/record-feedback/report/page.ts';
import type { UrlEvent } from '../../../../../services/record-feedback/report/read-request.ts';
import type { ReportStore } from '../../../../../services/record-feedback/report/report-store.ts';
import { writeReportLink } from '../../../../../shared/report/report-link.ts';
import german from '../../../../../shared/texts/de.json' with { type: 'json' };
import english from '../../../../../shared/texts/en.json' with { type: 'json' };
import { createMeasured } from '../../../../support/system/measured.ts';
import { aChallenge, NOW, REF, SECOND } from '../../../../support/table/challenges.ts';

const TOKEN = 'AAAAAAAAAAAAAAAAAAAAAA';
const LINK = new URL(
  writeReportLink('https://example.com/', { ...REF, userId: 'user-1', delivery: 1, token: TOKEN }),
).search.slice(1);
const TEXTS = { en: english.report, de: german.report };

/** Answers, and says what was written and for how long it waited. */
const ask = async (event: UrlEvent, isRight = true, changes: Partial<Dependencies> = {}) => {
  const written: string[] = [];
  const waits: number[] = [];
  const challenge = isRight ? aChallenge({ outcome: 'REVOKED' }) : undefined;
  const reports: ReportStore = {
    report: async () => {
      written.push('report');
      return challenge;
    },
    block: async () => void written.push('block'),
    withdraw: async () => void written.push('withdraw'),
  };
  const { reply, outcome } = await answerRequest(
    {
      reports,
      measure: createMeasured().measure,
      now: () => NOW + SECOND,
      limits: { reportLock: 900 },
      page: createReportPage({ defaultLocale: 'en', texts: TEXTS }, 900),
      wait: async (ms) => waits.push(ms),
      ...changes,
    },
    event,
    'request-1',
  );
  return { reply, outcome, written, waits };
};

const request = (method: string, event: UrlEvent = {}): UrlEvent => ({
  rawQueryString: LINK,
  ...event,
  requestContext: { http: { method } },
});

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const ticked = (event: UrlEvent = {}): UrlEvent =>
  request('POST', {
    body: Buffer.from('notMe=yes').toString('base64'),
    isBase64Encoded: true,
    ...event,
    headers: { ...FORM, ...event.headers },
  });

describe('a link that is opened', () => {
  it('shows the same page to everybody, and touches nothing', async () => {
    const pages = await Promise.all(
      [LINK, '', 't=1', LINK.replace(TOKEN, TOKEN.replace('A', 'B'))].map((rawQueryString) =>
        ask(request('GET', { rawQueryString })),
      ),
    );

    expect(new Set(pages.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
    expect(pages.flatMap(({ written }) => written)).toEqual([]);
    expect(pages[0]?.reply.statusCode).toBe(200);
  });

  it('has the same headers for HEAD, and no body', async () => {
    const [got, head] = [await ask(request('GET')), await ask(request('HEAD'))];

    expect(head.reply).toEqual({ ...got.reply, body: '' });
    expect(head.written).toEqual([]);
  });

  it('may be framed, stored, run, referred to and read by nobody else', async () => {
    const { headers } = (await ask(request('GET'))).reply;

    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      ),
    });
    expect(Object.keys(headers).filter((name) => /cookie|access-control/.test(name))).toEqual([]);
  });

  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['fr,de;q=0.5,en;q=0.8', 'en'],
    ['de;q=0', 'en'],
    [undefined, 'en'],
  ])('is in the language of %s: %s', async (wishes, language) => {
    const { reply } = await ask(request('GET', { headers: { 'accept-language': wishes } }));

    expect(reply.body).toContain(`<html lang="${language}" dir="ltr">`);
    expect(reply.body).toContain(TEXTS[language as 'de' | 'en'].box);
  });
});

describe('a form', () => {
  it.each([
    ['without the tick, as a scanner sends it', ticked({ body: '', isBase64Encoded: false }), 400],
    ['with the box named twice', ticked({ body: 'notMe=yes&notMe=yes', isBase64Encoded: false }), 400],
    ['with another value', ticked({ body: 'notMe=on', isBase64Encoded: false }), 400],
    ['from another site', ticked({ headers: { 'sec-fetch-site': 'cross-site' } }), 403],
    ['from a neighbour of our host', ticked({ headers: { 'sec-fetch-site': 'same-site' } }), 403],
    ['of another type', ticked({ headers: { 'content-type': 'text/plain' } }), 415],
    ['of no type', ticked({ headers: { 'content-type': undefined } }), 415],
    ['that is too long', ticked({ body: `notMe=yes&x=${'x'.repeat(300)}`, isBase64Encoded: false }), 413],
    ['that is sent in another way', request('PUT', { headers: FORM, body: 'notMe=yes' }), 405],
    ['of nobody knows what', {}, 405],
  ])('%s does nothing, and the page says so', async (_, event, status) => {
    const { reply, written, outcome } = await ask(event);

    expect([reply.statusCode, written, outcome.kind]).toEqual([status, [], 'notSent']);
    expect(reply.body).toContain(english.report.tick);
  });

  it.each([undefined, 'none', 'same-origin'])('that is ticked and comes from %s reports', async (site) => {
    const { reply, written } = await ask(ticked({ headers: { 'sec-fetch-site': site } }));

    expect(written).toEqual(['report', 'block']);
    expect([reply.statusCode, reply.body.includes(english.report.done)]).toEqual([200, true]);
  });

  it('gets the same reply to a wrong link, and after as long', async () => {
    const replies = await Promise.all([
      ask(ticked()),
      ask(ticked(), false),
      ask(ticked({ rawQueryString: 'u=1' })),
    ]);

    expect(new Set(replies.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
    expect(replies.map(({ waits }) => waits)).toEqual([[REPORT_MS], [REPORT_MS], [REPORT_MS]]);
    expect(replies.map(({ outcome }) => outcome.kind)).toEqual(['revoked', 'refused', 'refused']);
  });

  it('fails after as long when the table does not answer', async () => {
    let hasWaited = false;
    const down = () => Promise.reject(new Error('down'));
    const reports: ReportStore = { report: down, block: down, withdraw: down };
    const wait = async () => {
      await setImmediate();
      hasWaited = true;
    };

    await expect(ask(ticked(), true, { reports, wait })).rejects.toThrow('down');
    expect(hasWaited).toBe(true);
  });
});
