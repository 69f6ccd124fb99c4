import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toError } from '../../../services/create-auth-challenge/refusal-error.ts';
import type { RefusalCode } from '../../../shared/domain/policy.ts';
import { ERROR_ROWS } from '../../e2e/client-errors/error-table.ts';
import { ROOT } from '../structure/sources.ts';
import { textOf } from './thrown-names.ts';

/** The functions whose errors Cognito shows to clients, by Cognito's name of the trigger. */
const TRIGGERS = {
  CreateAuthChallenge: 'create-auth-challenge',
  VerifyAuthChallengeResponse: 'verify-auth-challenge',
  PreTokenGeneration: 'guard-tokens',
} as const;

const sourcesOf = (service: string): string =>
  globSync(`services/${service}/*.ts`, { cwd: ROOT }).map(textOf).join('\n');

/** The texts that a service's sources throw. */
const textsOf = (service: string): readonly string[] =>
  Array.from(
    sourcesOf(service).matchAll(/new ReportedError\(\s*'\w+',\s*'([^']+)'/g),
    ([, text = '']) => text,
  );

/** How the boundary of every function names what it does not report. */
const [, UNEXPECTED = ''] = /const UNEXPECTED = '([^']+)'/.exec(textOf('shared/lambda/boundary.ts')) ?? [];

const REFUSALS: Readonly<Record<RefusalCode, readonly number[]>> = {
  LOCKED: [0, Number.POSITIVE_INFINITY],
  SEND_LIMIT: [0],
  ORDER_LIMIT: [0],
};
const refusals: readonly string[] = Object.entries(REFUSALS).flatMap(([code, times]) =>
  times.map((retryAt) => toError({ kind: 'refused', code: code as RefusalCode, retryAt }).message),
);

const listed = (trigger: string, text: string): boolean =>
  ERROR_ROWS.some(({ message }) => message.test(`${trigger} failed with error ${text}.`));

describe('the errors that docs/client.md lists', () => {
  it.each(Object.entries(TRIGGERS))('have every text that %s shows to clients', (trigger, service) => {
    const texts = [...textsOf(service), UNEXPECTED];

    expect(texts.filter((text) => !listed(trigger, text))).toEqual([]);
  });

  it('have every refusal by a limit, with the word for programs', () => {
    expect(refusals.filter((text) => !listed('CreateAuthChallenge', text))).toEqual([]);
  });

  it('are held against all that these functions throw: the others are refusals, and a cause that no client sees', () => {
    const thrown = Object.values(TRIGGERS).flatMap((service) => [
      ...sourcesOf(service).matchAll(/new ReportedError\(/g),
    ]);
    const texts = Object.values(TRIGGERS).flatMap(textsOf);

    expect(thrown.length - texts.length).toBe(2);
    expect(UNEXPECTED).not.toBe('');
  });
});
