/** Somebody at a terminal, who goes through the code step with the words of the sign-in command. */
import { expect } from 'vitest';
import { createCodeStep } from '../../../client/code-step.ts';
import { createPerson } from '../../../commands/sign-in/person.ts';
import { type CodeChallenge, writePublicParameters } from '../../../shared/messages/public-parameters.ts';
import { aCodeChallenge } from '../sign-in/code-challenge.ts';
import { asks, scriptedCalls } from './scripted-calls.ts';

/** The service's time. */
export const NOW = new Date(2026, 2, 2, 12).getTime();
export const QUESTION = 'Code (or "resend" or "status"): ';

export const aChallenge = (changes: Partial<CodeChallenge> = {}) =>
  aCodeChallenge(NOW, { status: 'SAME', resendAt: NOW, delivery: 'SENT', statusesLeft: 12, ...changes });

interface PersonOptions {
  readonly resend?: boolean;
  readonly newPassword?: string;
  readonly inbox?: string;
}

/** Somebody at a terminal who types these lines; a function types one when its promise resolves. */
export const aPerson = (
  lines: readonly (string | (() => Promise<string>))[],
  { resend = false, newPassword, inbox }: PersonOptions = {},
) => {
  const typed = lines.values();
  const said: string[] = [];
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    const line = typed.next().value ?? expect.unreachable('no more lines');
    return typeof line === 'string' ? line : line();
  };
  const waited: number[] = [];
  // This machine's clock is years away from the service's, which is what counts.
  const clock = { time: NOW, rate: 1, now: () => clock.time, compare: async () => {} };
  const terminal = {
    ask,
    say: (text: string) => said.push(text),
    interrupt: (text: string) => said.push(text),
    isTyping: () => false,
    wait: async (ms: number) => {
      waited.push(ms);
      clock.time += ms * clock.rate;
    },
  };
  const person = createPerson(terminal, { resend, newPassword }, clock, inbox);

  /** Goes through the step. Cognito asks with the first challenge, then with one for each call; after the last, the person is in. */
  const codes = async (
    first: Partial<CodeChallenge> = {},
    ...later: readonly (Partial<CodeChallenge> | Error)[]
  ) => {
    const replies = later.map((reply) => (reply instanceof Error ? reply : asks(aChallenge(reply))));
    const calls = scriptedCalls(...replies, { kind: 'signedIn' });
    const parameters = writePublicParameters(aChallenge(first));
    const end = await person.code(createCodeStep({ calls, clock, username: 'alice', parameters }));
    return { end, sent: calls.sent.map(([answer]) => answer), calls: calls.sent };
  };
  return { person, codes, said, questions, waited, clock };
};

/** What was said, without how long the code works. */
export const withoutTimes = (said: readonly string[]): readonly string[] =>
  said.filter((text) => !text.startsWith('The code works'));
