import { globSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findLeaks } from '../../../support/sign-in/leak-scan.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { anyJson, mutated } from './any-event.ts';
import { CODE, mockEngines, SECRETS } from './engines.ts';
import { FUZZED } from './fuzzed-handlers.ts';

// Whatever event a function gets, it returns an allowed response or throws an error with a constant text. Its log shows no
// secret that it knows.

/** How many events of each kind are played; `FUZZ_RUNS=5000` plays more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

/** Everything that a caller may read in an error. */
const TEXTS = [
  /^Something went wrong on our side\. Please try again\.$/,
  /^This sign-in cannot be continued\.$/,
  /^No email address is on file for a sign-in code\. Contact support\.$/,
  /^Your email address has letters or signs that our mail cannot carry\. Contact support to use another one\.$/,
  /^Sign in again, with the code from your mail\.$/,
  /^(userId|challengeId|delivery|email|locale|execution|retries) is missing or malformed$/,
  /^(The tag (user|challenge|delivery)|eventType|messageId|at) is missing or malformed$/,
  /^InternalServerError$/,
  /^CloudFormation could not be told how it went\.$/,
];

const written: string[] = [];
const engines = mockEngines();

beforeAll(() => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
  }
});
afterAll(() => {
  engines.restore();
  vi.restoreAllMocks();
});

const expectCleanError = (error: unknown): void => {
  const { name, message, cause, ...more } = error as Error;
  expect(error).toBeInstanceOf(Error);
  expect(TEXTS.some((text) => text.test(message)) || message).toBe(true);
  expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
  expect(cause).toBeUndefined();
  expect(more).toEqual({});
};

const expectNoLeak = (text: string): void => {
  expect(findLeaks([CODE], { text })).toEqual([]);
  for (const secret of SECRETS) expect(text).not.toContain(secret);
};

test('every function is fuzzed', () => {
  const functions = globSync('services/*/handler.ts').map((path) => path.split(/[/\\]/)[1]);

  expect(Object.keys(FUZZED).toSorted()).toEqual(functions.toSorted());
});

describe.each(Object.entries(FUZZED))(
  '%s',
  (service, { environment, event, planted = SECRETS, expectAllowed }) => {
    const events = {
      'any JSON': anyJson(planted),
      'a real event, changed': mutated(event as fc.JsonValue, planted),
    };

    test.each(['any JSON', 'a real event, changed'] as const)(
      'answers or fails cleanly: %s',
      async (kind) => {
        const handler = await loadHandler(service, { ...environment, POWERTOOLS_LOG_LEVEL: 'DEBUG' });
        await fc.assert(
          fc.asyncProperty(events[kind], fc.boolean(), async (given, isUp) => {
            written.length = 0;
            if (isUp) engines.work();
            else engines.fail();

            const ended = await handler(structuredClone(given)).then(
              (answer) => ({ answer }),
              (error: unknown) => ({ error }),
            );

            if ('error' in ended) expectCleanError(ended.error);
            else expectAllowed(ended.answer, given);
            const said = 'error' in ended ? String((ended.error as Error).stack) : '';
            expectNoLeak(`${written.join('')}\n${said}`);
            expect(written).not.toEqual([]);
          }),
          { numRuns: RUNS },
        );
      },
      600_000,
    );

    test('says something to the event as it really comes', async () => {
      engines.work();
      const handler = await loadHandler(service, environment);

      const ended = await handler(event).then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      );

      expect(Object.keys(ended)).toEqual([service === 'guard-tokens' ? 'error' : 'answer']);
    });
  },
);
