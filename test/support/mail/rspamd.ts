/** rspamd for one test file: a process on loopback that asks no network, with its files in a folder that is removed. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LeashedProcess, start } from '../process/process.ts';
import { freePort } from '../system/free-port.ts';
import type { SpamScore } from './spam-assassin.ts';

const START_PATIENCE_MS = 180_000;
/** What asks the network, or remembers over mails. */
const OFF: readonly string[] = [
  'asn',
  'fuzzy_check',
  'greylist',
  'hfilter',
  'mx_check',
  'phishing',
  'rbl',
  'url_redirector',
];
const UNUSED_WORKERS: readonly string[] = ['controller', 'fuzzy', 'proxy'];

const optionsFor = (port: number): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(OFF.map((name) => [`${name}.conf`, 'enabled = false;'])),
  ...Object.fromEntries(UNUSED_WORKERS.map((name) => [`worker-${name}.inc`, 'enabled = false;'])),
  'worker-normal.inc': `bind_socket = "127.0.0.1:${port}"; count = 1;`,
  // Nobody listens at port 9. Compiling its patterns for speed would take longer than all our mails.
  'options.inc':
    'disable_hyperscan = true; dns { nameserver = ["127.0.0.1:9"]; timeout = 0.1s; retransmits = 1; }',
  'logging.inc': 'type = "console"; level = "error";',
});

export interface Rspamd {
  judge(mail: string): Promise<SpamScore>;
  end(): Promise<void>;
}

interface Checked {
  readonly score: number;
  readonly symbols: Readonly<Record<string, { readonly score: number }>>;
}

const untilReady = async (url: string, rspamd: LeashedProcess): Promise<void> => {
  const until = Date.now() + START_PATIENCE_MS;
  while (!(await fetch(`${url}/ping`).catch(() => undefined))?.ok) {
    if (Date.now() > until) throw new Error(`rspamd does not start: ${rspamd.output()}`);
    await sleep(200);
  }
};

export const startRspamd = async (): Promise<Rspamd> => {
  const folder = mkdtempSync(join(tmpdir(), 'rspamd-'));
  const own = join(folder, 'local.d');
  mkdirSync(own);
  const port = await freePort();
  for (const [name, options] of Object.entries(optionsFor(port))) writeFileSync(join(own, name), options);
  const places = ['DBDIR', 'RUNDIR', 'LOGDIR', 'LOCAL_CONFDIR'].map((name) => `--var=${name}=${folder}`);
  // `-i`: it may run as any user, root too; it reads nothing but what this test gives it.
  const rspamd = start('rspamd', ['-f', '-i', ...places, '--config', '/etc/rspamd/rspamd.conf']);
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(url, rspamd);
  } catch (error) {
    await rspamd.end();
    throw error;
  }
  return {
    judge: async (mail) => {
      const response = await fetch(`${url}/checkv2`, { method: 'POST', body: mail });
      const { score, symbols } = (await response.json()) as Checked;
      const rules = Object.entries(symbols).filter(([, symbol]) => symbol.score !== 0);
      return { score, rules: rules.map(([name, symbol]) => `${name} ${symbol.score}`) };
    },
    end: () => rspamd.end(),
  };
};
