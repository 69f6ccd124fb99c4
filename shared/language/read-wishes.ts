/** Reads which languages somebody wants their mail in. Anybody can write anything there. */
import { MAX_TAG } from './match-language.ts';

/** What follows the tag in POSIX and Java, and the extensions of BCP 47. */
const AFTER_TAG = /_?[.@#].*$|[-_][a-z\d][-_].*$/is;

/**
 * The longest text that `readWishes` returns: two tags and a comma. Whoever else may start the workflow could send more, and reading
 * it takes time.
 */
export const MAX_WISHES = 2 * MAX_TAG + 1;

/** The tag of no language (ISO 639-2). */
const UNDETERMINED = 'und';

/** What follows the first tag of a list such as `de, en;q=0.9` (RFC 9110 section 12.5.4) or `de:en` (gettext's LANGUAGE). */
const AFTER_FIRST = /[,;:].*$/s;

/** Phones write `de_DE`, `de_DE@currency=EUR` or `de-DE-u-hc-h23`, servers `de_DE.UTF-8`. */
const readTag = (text: string): string | undefined => {
  const tag = text.replace(AFTER_FIRST, '').trim().replace(AFTER_TAG, '').replaceAll('_', '-');
  try {
    return tag.length > MAX_TAG ? undefined : new Intl.Locale(tag).toString();
  } catch {
    return undefined;
  }
};

/**
 * The workflow's `locale`: of these texts those that are tags of BCP 47, with commas between them, or `und`. They only choose among
 * the texts that there are.
 */
export const readWishes = (...texts: readonly (string | undefined)[]): string =>
  texts
    .map((text) => readTag(text ?? ''))
    .filter((tag) => tag !== undefined)
    .join(',') || UNDETERMINED;
