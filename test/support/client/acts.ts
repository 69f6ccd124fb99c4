/** What somebody does at a page with the code step, and what must hold all the while. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { CodeStepState } from '../../../client/step-state.ts';
import type { Service } from '../../unit/model/service/a-service.ts';
import { LONGEST_WAY } from './a-network.ts';
import { type Page, USERNAME } from './a-page.ts';

type Answer = 'right' | 'wrong' | 'older' | 'unreadable';

export type Act =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'answer'; readonly kind: Answer; readonly times: 1 | 2 }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'resend' | 'status' | 'reload' | 'leaveWindow' | 'comeBack' | 'mails' | 'refusedMails' };

const simple = (...names: readonly Exclude<Act['do'], 'wait' | 'answer' | 'type'>[]) =>
  fc.constantFrom(...names).map((name): Act => ({ do: name }));

const MINUTE = 60_000;

export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 12_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4 * MINUTE }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      kind: fc.constantFrom<Answer>('right', 'wrong', 'wrong', 'older', 'unreadable'),
      times: fc.constantFrom(1 as const, 1 as const, 2 as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      text: fc.constantFrom('', '12', 'Code: 123 456'),
    }),
  },
  { weight: 6, arbitrary: simple('resend', 'status', 'reload', 'leaveWindow', 'comeBack', 'refusedMails') },
  { weight: 3, arbitrary: simple('mails') },
);

/** The text of an answer; undefined if the person has no mail to take it from. */
const textOf = (kind: Answer, { mails }: Service): string | undefined => {
  const [newest, older] = mails.toReversed();
  const shifted = (code: string) => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
  switch (kind) {
    case 'right':
      return newest?.code;
    case 'older':
      return (
        mails.toReversed().find(({ challengeId }) => challengeId !== newest?.challengeId)?.code ?? older?.code
      );
    case 'wrong':
      return shifted(newest?.code ?? '123456');
    case 'unreadable':
      return '12 34';
  }
};

/** What the person has had sent: a click that the step takes is one call at most. */
export interface Clicks {
  answers: number;
  resends: number;
}

export const perform = async (act: Act, page: Page, service: Service, clicks: Clicks): Promise<void> => {
  const { step } = page;
  const may = (call: 'answer' | 'resend') => step.state.kind === 'code' && step.state.may[call];
  switch (act.do) {
    case 'answer': {
      const text = textOf(act.kind, service);
      if (text === undefined) return;
      if (may('answer') && step.typed(text) !== undefined) clicks.answers += 1;
      for (let time = 0; time < act.times; time += 1) void step.answer(text);
      return;
    }
    case 'resend':
      if (may('resend')) clicks.resends += 1;
      void step.resend();
      return void step.resend();
    case 'status':
      return void step.askStatus();
    case 'type':
      // If the page sends it by itself, that is a click too.
      clicks.answers += 1;
      return page.type(act.text);
    case 'reload':
      return page.reload();
    case 'leaveWindow':
      return page.setWatched(false);
    case 'comeBack':
      return page.setWatched(true);
    case 'mails':
    case 'refusedMails':
      for (const input of service.started.splice(0)) {
        await service.work(input, act.do === 'mails' ? 'takes' : 'refuses');
      }
      return;
    case 'wait':
      return;
  }
};

/** The clock of the step is behind by the time that an answer took, and never ahead. */
const LATEST_SECONDS = Math.ceil(LONGEST_WAY / 1000);

const expectCountdown = (shown: number | undefined, until: number, now: number): void => {
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  expect(shown).toBeGreaterThanOrEqual(left);
  expect(shown).toBeLessThanOrEqual(Math.max(left + LATEST_SECONDS, 0));
};

/** What must hold whenever somebody looks at the page. */
export const expectTruth = (state: CodeStepState, page: Page, service: Service): void => {
  expect(page.connection().most()).toBeLessThanOrEqual(1);
  if (state.kind === 'password') expect(state.username).toBe(USERNAME);
  if (state.kind !== 'code') return;
  expectCountdown(state.codeSeconds, state.challenge.expiresAt, service.now());
  expectCountdown(state.resendSeconds, state.challenge.resendAt, service.now());
};
