/** The sentences of the code step in a language, and how they are filled and put one after the other. */
import { fillText, type PluralForms, pluralOf } from '../../shared/language/fill-text.ts';
import type { PasswordRule } from '../../shared/words/password-words.ts';
import type { ProblemCode } from '../problem.ts';

/**
 * The section `words` of a language's file in the package's folder `texts`. Sentences have placeholders: `{destination}` is the
 * masked address, `{digits}` the length of the code, `{time}` a time of day, perhaps with its day, `{countdown}` minutes and seconds,
 * such as `4:32`, `{count}` a number, `{reason}` a text of the service, and `{step}` Cognito's name of a challenge.
 */
export interface StepWords {
  /** How the mail stands. */
  readonly mail: Readonly<
    Record<
      | 'sending'
      | 'sent'
      | 'newSending'
      | 'newSent'
      | 'anotherSending'
      | 'anotherSent'
      | 'mailSending'
      | 'mailSent'
      | 'delivered'
      | 'deferred'
      | 'delayed'
      | 'returned'
      | 'blocked'
      | 'failed',
      string
    >
  >;
  /** How and when a new mail can be ordered, and why none was. `now` names what the person has to press or type. */
  readonly order: Readonly<
    Record<
      | 'now'
      | 'in'
      | 'from'
      | 'elseLater'
      | 'elseSupport'
      | 'tooSoon'
      | 'tooManyUnused'
      | 'tooMany'
      | 'lastWorks',
      string
    >
  >;
  readonly code: Readonly<
    Record<
      | 'left'
      | 'expired'
      | 'unreadable'
      | 'wrong'
      | 'typeNewest'
      | 'overExpired'
      | 'overMissed'
      | 'overElsewhere'
      | 'overUnknown'
      | 'overAddress'
      | 'useNewest'
      | 'earlierDead'
      | 'nextIsNew',
      string
    >
  > & {
    readonly tries: PluralForms;
    readonly lock: PluralForms;
  };
  /** What helps where no mail comes. */
  readonly noMail: Readonly<Record<'title' | 'status' | 'spam' | 'address' | 'order' | 'support', string>>;
  readonly step: Readonly<
    Record<'resumed' | 'signedIn' | 'signInAgain' | 'signInFrom' | 'codeRenewed' | 'codeUnknown', string>
  > & {
    readonly codeWorks: PluralForms;
  };
  readonly problem: Readonly<Record<Exclude<ProblemCode, 'passwordNotAllowed'> | 'lockedForGood', string>>;
  readonly password: Readonly<Record<PasswordRule, string>>;
}

/** What the person is spoken to with. */
export interface Wording {
  /** The language's BCP 47 tag, for times of day and plural forms. With a region, times are written as there. */
  readonly language: string;
  readonly words: StepWords;
}

/** The blocks of Hebrew, Arabic and the scripts between them (Unicode). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

/** So that the signs around a value do not change their places (Unicode Standard Annex 9, FSI and PDI). */
const isolated = (value: string | number): string => `\u2068${value}\u2069`;

/** Fills the placeholders. */
export const fillSentence = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  fillText(
    sentence,
    RIGHT_TO_LEFT.test(sentence)
      ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolated(value)]))
      : values,
  );

/** The sentence for this number. */
export const countSentence = (language: string, forms: PluralForms, count: number): string =>
  fillSentence(pluralOf(language, forms, count), { count });

/** Puts sentences one after the other. Those of Chinese and Japanese have no space between them. */
export const joinSentences = (...sentences: readonly (string | undefined)[]): string =>
  sentences
    .filter((sentence) => sentence !== undefined)
    .join(' ')
    .replaceAll(/([。！？]) /g, '$1');
