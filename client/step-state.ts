/** The states of the code step: what is shown to the person, and what is saved. */
import type { ClientCall } from '../shared/messages/client-metadata.ts';
import type { CodeChallenge } from '../shared/messages/public-parameters.ts';
import type { CodeFate } from './code-fate.ts';
import type { CodeNews } from './news.ts';
import type { SignInProblem } from './problem.ts';

/** The code is asked for. */
export interface AskingForCode {
  readonly kind: 'code';
  readonly challenge: CodeChallenge;
  /** What happened last. */
  readonly news: CodeNews;
  /** The call that is under way or waits for one, if any. */
  readonly pending: ClientCall | undefined;
  /** Whole seconds until the code ends; 0 if it has ended; undefined if the service did not say when. */
  readonly codeSeconds: number | undefined;
  /** Whole seconds until another mail can be ordered; 0 if it can be ordered now. */
  readonly resendSeconds: number;
  /** Whether the newest mail was ordered 20 seconds ago or earlier, so that somebody who has none yet may want help. */
  readonly isMailOverdue: boolean;
  /** What the person can do now. Other calls are not sent, so they use nothing up. */
  readonly may: Readonly<Record<ClientCall, boolean>>;
}

/** The sign-in has to begin again, with the password. */
export interface BackToPassword {
  readonly kind: 'password';
  /** As the person typed it, to fill it in again. */
  readonly username: string;
  readonly problem: SignInProblem;
  /** Whether the code that has arrived will still work. */
  readonly fate: CodeFate;
  /** What was thrown, if that is what ended the step; for a log, not for the person. */
  readonly error?: unknown;
}

export interface SignedIn {
  readonly kind: 'signedIn';
  /** Cognito's `AuthenticationResult`; undefined where the library that signs in keeps it, as Amplify does. */
  readonly tokens?: unknown;
}

export type CodeStepState = AskingForCode | BackToPassword | SignedIn;

/** The mail whose arrival the step may ask for by itself. */
export interface AwaitedMail {
  /** The service's time at which it was ordered. */
  readonly since: number;
  readonly asked: boolean;
}

/** Most mails are there by then. In milliseconds. */
const OVERDUE_MS = 20_000;

/** A step as it is saved: as JSON, without a code. With the AWS SDK it has Cognito's session, which is worth the password. */
export interface SavedStep {
  /** Of the form; another version of the library may not be able to read it. */
  readonly version: number;
  readonly username: string;
  readonly challenge: CodeChallenge;
  readonly awaited: AwaitedMail;
  /** The call that was under way, or got no answer. */
  readonly pending?: ClientCall;
  /** When Cognito answered last and when this was saved, by this machine's clock; and the service's time then. */
  readonly repliedAt: number;
  readonly savedAt: number;
  readonly now: number;
  readonly session?: string;
}

/** A state without what depends on the time. */
export type StoredState =
  | Pick<AskingForCode, 'kind' | 'challenge' | 'news' | 'pending'>
  | BackToPassword
  | SignedIn;

const secondsUntil = (time: number, now: number): number | undefined =>
  Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - now) / 1000));

/** `isSure`: whether the time is known. While it is only a guess, a code is not held to have ended. */
export const stateAt = (
  { stored, awaited }: { readonly stored: StoredState; readonly awaited: AwaitedMail },
  now: number,
  isSure: boolean,
): CodeStepState => {
  if (stored.kind !== 'code') return stored;
  const { challenge, pending } = stored;
  const codeSeconds = secondsUntil(challenge.expiresAt, now);
  const resendSeconds = secondsUntil(challenge.resendAt, now) ?? 0;
  const works = challenge.status !== 'OVER' && (codeSeconds !== 0 || !isSure);
  // What the person does waits for a status that is under way.
  const isFree = pending === undefined || pending === 'status';
  const may = {
    answer: isFree && works,
    resend: isFree && resendSeconds === 0,
    status: pending === undefined && works && (challenge.statusesLeft ?? 0) > 0,
  };
  const isMailOverdue = now - awaited.since >= OVERDUE_MS;
  return { ...stored, codeSeconds, resendSeconds, isMailOverdue, may };
};

/** Whether both look the same to the person. */
export const isSameState = (one: CodeStepState, other: CodeStepState): boolean => {
  if (one.kind !== 'code' || other.kind !== 'code') return one === other;
  const fields = ['challenge', 'news', 'pending', 'codeSeconds', 'resendSeconds', 'isMailOverdue'] as const;
  return fields.every((field) => one[field] === other[field]);
};
