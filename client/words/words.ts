/**
 * What the sign-in page and the sign-in command say, for apps that want the same, in English or another language.
 *
 * @module cognito-email-otp/client/words
 */
export type { PluralForms } from '../../shared/language/fill-text.ts';
export type { PasswordRule } from '../../shared/words/password-words.ts';
export { describeCodeTime, describeResendWait } from './countdown-words.ts';
export { describeStep } from './describe-step.ts';
export { ENGLISH } from './english.ts';
export { type NoMailHint, noMailHints } from './no-mail.ts';
export type { Notice, Tone } from './notice.ts';
export { describeProblem } from './problem-words.ts';
export type { StepWords, Wording } from './wording.ts';
