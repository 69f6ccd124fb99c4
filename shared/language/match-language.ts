/** Finds the language for a person among those that there are texts for. It also runs in browsers, so it must not need Node. */

/** The longest tag of language, script, region and variants that programs need to read (RFC 5646 section 4.4.1). */
export const MAX_TAG = 35;

/** Norwegian without its kind (RFC 5646: `no`), and Nynorsk, whose readers read Bokmål. */
const ALIASES: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb' };

/** The language with what CLDR adds to it: `de` is `de-Latn-DE`, `zh-TW` is `zh-Hant-TW`. */
interface Maximized {
  readonly language: string;
  readonly script: string | undefined;
  /** The region as it was written. */
  readonly region: string | undefined;
}

/**
 * Phones write `de_DE`, `de_DE@currency=EUR` or `de-DE-u-hc-h23`, servers `de_DE.UTF-8`, and anybody can write anything. Returns
 * undefined for what is no tag of BCP 47.
 */
const maximize = (text: string): Maximized | undefined => {
  const tag = text
    .trim()
    .replace(/_?[.@#].*$/s, '')
    .replaceAll('_', '-');
  if (tag.length > MAX_TAG) return undefined;
  try {
    const written = new Intl.Locale(tag);
    const language = ALIASES[written.language] ?? written.language;
    const { script } = new Intl.Locale(language, {
      ...(written.script && { script: written.script }),
      ...(written.region && { region: written.region }),
    }).maximize();
    return { language, script, region: written.region };
  } catch {
    return undefined;
  }
};

/** The higher the better; 0 if the languages are not the same. */
const likeness = (wish: Maximized, offered: Maximized): number => {
  if (wish.language !== offered.language || wish.script !== offered.script) return 0;
  if (wish.region === offered.region) return 3;
  return offered.region === undefined ? 2 : 1;
};

/** An offered tag, and what it means. */
type Offer = readonly [tag: string, meaning: Maximized | undefined];

const offersOf = (tags: readonly string[]): readonly Offer[] => tags.map((tag) => [tag, maximize(tag)]);

const bestOf = (wish: string, offers: readonly Offer[]): string | undefined => {
  const wanted = maximize(wish);
  if (wanted === undefined) return undefined;
  let best: { readonly tag: string; readonly points: number } | undefined;
  for (const [tag, found] of offers) {
    const points = found === undefined ? 0 : likeness(wanted, found);
    if (points > (best?.points ?? 0)) best = { tag, points };
  }
  return best?.tag;
};

/**
 * Returns the offered tag in the wish's language and script, if there is one: the one of the same region before one without a region
 * before one of another region.
 */
export const matchLanguage = (wish: string, offered: readonly string[]): string | undefined =>
  bestOf(wish, offersOf(offered));

/** More wishes than a person has. Each takes time, and anybody can send a browser's list of them. */
const MOST_WISHES = 10;

/** Returns the offered tag for the first of the wishes that has one, or else `otherwise`. Only the first ten wishes are read. */
export const chooseLanguage = (
  wishes: readonly string[],
  offered: readonly string[],
  otherwise: string,
): string => {
  const offers = offersOf(offered);
  for (const wish of wishes.slice(0, MOST_WISHES)) {
    const found = bestOf(wish, offers);
    if (found !== undefined) return found;
  }
  return otherwise;
};
