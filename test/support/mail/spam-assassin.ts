/** SpamAssassin's judgement, without its questions to the network. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../process/process.ts';

export interface SpamScore {
  /** The higher, the more like spam. */
  readonly score: number;
  /** The rules that the mail met. */
  readonly rules: readonly string[];
}

/** Several mails in one file (RFC 4155): each begins with such a line. */
const SEPARATOR = 'From otp@example.com Mon Mar  2 10:15:07 2026\n';
const STATUS = /^X-Spam-Status: \w+, score=(-?[\d.]+)[\s\S]*?tests=([\w,\s]*?)\s*autolearn=/gm;

/** The scores in the order of the mails, which one process looks at, because it takes a second to start. */
export const judgeBySpamAssassin = async (mails: readonly string[]): Promise<readonly SpamScore[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'spamassassin-'));
  const file = join(folder, 'mails.mbox');
  writeFileSync(file, mails.map((mail) => `${SEPARATOR}${mail.replaceAll('\r\n', '\n')}\n`).join('\n'));
  const { output } = await run('spamassassin', ['--local', '--nocreate-prefs', '--mbox', file], {
    HOME: folder,
  });
  return Array.from(output.matchAll(STATUS), ([, score, rules = '']) => ({
    score: Number(score),
    rules: rules.split(/[,\s]+/).filter((rule) => rule !== ''),
  }));
};
