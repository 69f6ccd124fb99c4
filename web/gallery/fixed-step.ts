/** A code step that stands still, for pictures of the page. */
import type { CodeStep } from '../../client/code-step.ts';
import type { AskingForCode } from '../../client/step-state.ts';
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';

/** A quarter past ten in the reader's zone. */
export const NOW = new Date(2030, 0, 7, 10, 15).getTime();
const MINUTE_MS = 60_000;

export const CHALLENGE: CodeChallenge = {
  now: NOW,
  status: 'NEW',
  destination: 'a****@e****.com',
  codeLength: 6,
  attemptsLeft: 5,
  expiresAt: NOW + 4 * MINUTE_MS + 32_000,
  resendAt: NOW,
  delivery: 'SENT',
  deliveryNumber: 1,
  statusesLeft: 12,
};

export type FixedCode = Partial<Omit<AskingForCode, 'kind' | 'challenge'>> & {
  readonly challenge?: Partial<CodeChallenge>;
};

const stateOf = ({ challenge: changed, ...rest }: FixedCode): AskingForCode => {
  const challenge = { ...CHALLENGE, ...changed };
  const codeSeconds = Math.max(0, (challenge.expiresAt - NOW) / 1000);
  const resendSeconds = Math.max(0, (challenge.resendAt - NOW) / 1000);
  return {
    kind: 'code',
    challenge,
    news: { kind: 'codeAsked' },
    pending: undefined,
    codeSeconds,
    resendSeconds,
    isMailOverdue: false,
    may: { answer: codeSeconds > 0, resend: resendSeconds === 0, status: codeSeconds > 0 },
    ...rest,
  };
};

const nothing = async (): Promise<void> => {};

export const fixedStep = (code: FixedCode): CodeStep => ({
  state: stateOf(code),
  subscribe: () => () => {},
  typed: () => undefined,
  answer: nothing,
  resend: nothing,
  askStatus: nothing,
  now: () => NOW,
  close: () => {},
  toJSON: () => undefined,
});
