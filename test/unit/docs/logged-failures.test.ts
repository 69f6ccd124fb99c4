import { describe, expect, it } from 'vitest';
import { namesIn, textOf } from './thrown-names.ts';

/** The words of a page's table of what to do, by its first column. */
const firstColumn = (page: string): string =>
  textOf(`docs/runbooks/${page}.md`)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ')[0])
    .join('\n');

describe('the runbook of trigger-errors', () => {
  it('says what to do about every failure of a trigger by name', () => {
    const services =
      'services/{define-auth-challenge,create-auth-challenge,verify-auth-challenge,guard-tokens}';
    const names = namesIn(`${services}/*.ts`, 'shared/table/*.ts', 'shared/domain/keyring.ts');
    const limits = Array.from(
      textOf('shared/domain/policy.ts').matchAll(/'([A-Z]+_LIMIT|LOCKED)'/g),
      ([, code]) => code,
    );
    const page = firstColumn('trigger-errors');

    // guard-tokens' refusal has an alarm of its own.
    const all = new Set([...names, ...limits].filter((name) => name !== 'TokensRefused'));
    expect([...all].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect(all.size).toBeGreaterThan(8);
  });
});

describe('the runbook of workflow-errors', () => {
  const page = firstColumn('workflow-errors');

  it('names no failure of a try that SEND_FAILED cannot say', () => {
    const thrown = new Set([
      ...namesIn('services/deliver-code/*.ts', 'shared/domain/keyring.ts'),
      'AccessDeniedException',
      'TimeoutError',
      'NetworkError',
      'Error',
      'SEND_FAILED',
      'Refused',
    ]);
    const named = Array.from(page.matchAll(/`(\w+)`/g), ([, name = '']) => name);
    const outcomes = ['EXPIRED', 'ORPHANED', 'EXHAUSTED', 'REPLACED', 'VERIFIED'];

    expect(named.filter((name) => !thrown.has(name) && !outcomes.includes(name))).toEqual([]);
  });
});
