import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeEml } from '../../local/engines/ses/eml.ts';
import type { JudgedMail } from '../../local/mails/judged-mail.ts';
import { allMails, judgedCodeMail } from '../support/mail/judged-mails.ts';
import { type Rspamd, startRspamd } from '../support/mail/rspamd.ts';
import { judgeBySpamAssassin } from '../support/mail/spam-assassin.ts';

const isInstalled = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(
      `What ${program} says of the mails is not tested: it is not installed. On Debian: apt-get install ${program}`,
    );
    return false;
  }
};

const NOW = new Date().toISOString();

/** What a filter of the recipient's server is given, behind the line that the server writes itself. */
const received = (mail: JudgedMail): string => {
  const file = writeEml({
    ...mail,
    messageId: '0100018f-0000-4000-8000-000000000000-000000',
    // Brands and recipients have other domains: SpamAssassin looks for one in the other.
    to: ['alice@mailbox.example'],
    tags: {},
    receivedAt: NOW,
  });
  const by = 'from a8-1.smtp-out.amazonses.com (a8-1.smtp-out.amazonses.com [54.240.8.1])';
  return `Received: ${by}\r\n by mx.example.com with ESMTPS; ${new Date(NOW).toUTCString().replace('GMT', '+0000')}\r\n${file}`;
};

/** Of each language what companies send; the other brands and lengths in three scripts. */
const mails = (await allMails()).filter(
  ({ name }) => (name.includes('a brand') && !name.includes('10 digits')) || /^(?:ar|en|ja),/.test(name),
);
const any = await judgedCodeMail('en', undefined);
/** What a filter has to notice, or its silence means nothing. */
const SPAM = received({
  ...any,
  subject: 'MAKE MONEY FAST!!! 100% FREE V1AGRA',
  text: 'Dear friend,\n\nClick here: http://192.0.2.1/win\n\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n',
  html: '<html><body><font color="#ffffff">Click below to make money fast, 100% free, no risk</font><a href="http://192.0.2.1/win">https://bank.example.com</a></body></html>',
});

const tooHigh = (
  scores: readonly { readonly score: number; readonly rules: readonly string[] }[],
  most: number,
) =>
  scores.flatMap(({ score, rules }, index) =>
    score > most ? [`${mails[index]?.name}: ${score}, by ${rules.join(', ')}`] : [],
  );

describe.runIf(isInstalled('spamassassin'))('SpamAssassin', () => {
  test('gives no mail more than 0.5 of the 5 points of spam', async () => {
    const scores = await judgeBySpamAssassin(mails.map(({ mail }) => received(mail)));

    console.log(
      `SpamAssassin: at most ${Math.max(...scores.map(({ score }) => score))} for ${scores.length} mails`,
    );
    expect(scores.length).toBe(mails.length);
    expect(tooHigh(scores, 0.5)).toEqual([]);
  });

  test('notices spam', async () => {
    const [spam] = await judgeBySpamAssassin([SPAM]);

    expect(spam?.score).toBeGreaterThan(5);
  });
});

describe.runIf(isInstalled('rspamd'))('rspamd', () => {
  let rspamd: Rspamd;
  beforeAll(async () => {
    rspamd = await startRspamd();
  });
  afterAll(() => rspamd?.end());

  test('gives no mail more than 2.5 of the 15 points of spam', async () => {
    const scores = [];
    for (const { mail } of mails) scores.push(await rspamd.judge(received(mail)));

    console.log(
      `rspamd: at most ${Math.max(...scores.map(({ score }) => score))} for ${scores.length} mails`,
    );
    expect(tooHigh(scores, 2.5)).toEqual([]);
  });

  test('notices spam', async () => {
    expect((await rspamd.judge(SPAM)).score).toBeGreaterThan(2.5);
  });
});
