import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../structure/sources.ts';
import { namesIn, textOf } from './thrown-names.ts';

const services: readonly string[] = globSync('services/*/handler.ts', { cwd: ROOT }).map(
  (path) => path.split('/')[1] as string,
);
const section = textOf('docs/architecture.md').split('## What is logged')[1]?.split('\n## ')[0] ?? '';
const rowOf = (service: string): string =>
  section.split('\n').find((line) => line.startsWith(`| ${service} |`)) ?? '';

/** The words of a union of texts, read from its declaration. */
const wordsOf = (path: string, type: string): readonly string[] => {
  const [, declared = ''] = new RegExp(`type ${type} =([^;]*);`).exec(textOf(path)) ?? [];
  return Array.from(declared.matchAll(/'(\w+)'/g), ([, word = '']) => word);
};

const unionsOf: Readonly<Record<string, readonly string[]>> = {
  'create-auth-challenge': [
    ...wordsOf('shared/messages/public-parameters.ts', 'ChallengeStatus'),
    ...wordsOf('shared/domain/policy.ts', 'RefusalCode'),
    ...wordsOf('shared/domain/policy.ts', 'LimitCode'),
  ],
  'deliver-code': wordsOf('services/deliver-code/send-mail.ts', 'SendFailure'),
  'verify-auth-challenge': [
    ...wordsOf('services/verify-auth-challenge/check-answer.ts', 'AnswerOutcome'),
    ...wordsOf('shared/messages/client-metadata.ts', 'ClientCall').filter((call) => call !== 'answer'),
  ],
};

describe('the list of what is logged', () => {
  it.each(services)('has every outcome of %s', (service) => {
    const words = [...namesIn(`services/${service}/*.ts`), ...(unionsOf[service] ?? [])];

    expect(words.filter((word) => !rowOf(service).includes(`\`${word}\``))).toEqual([]);
  });

  it('is held against unions that have words', () => {
    for (const [service, words] of Object.entries(unionsOf)) expect(words.length, service).toBeGreaterThan(4);
  });
});
