/** What is wrong with the brand that a company gives its mails. */
import { mailableAddress } from '../../domain/address.ts';
import type { Brand } from '../mail-settings.ts';
import { DARK, LIGHT } from '../mail-style.ts';
import { characterProblems, lengthOf } from './check-text.ts';
import { isColor, nearestWithContrast } from './contrast.ts';

/** Characters. */
const LONGEST_NAME = 40;
const LONGEST_FOOTER = 300;
const LONGEST_URL = 500;
/** CSS pixels; on a phone of 320 px the mail leaves 240 for the logo, and a wider one shrinks there. */
const LOGO_WIDTH = { min: 16, max: 400 } as const;

/** The backgrounds of the mail in light and in dark mode. */
const CARDS = [LIGHT.card.background, DARK.card.background] as const;
/** Of parts that are not text (WCAG 2.2, 1.4.11). */
const LEAST_CONTRAST = 3;

/**
 * A link that lets in whoever has it, or that is over some day, as those of S3 that are signed: a name, or one of its words.
 * `countryCode` and `design` are none.
 */
const SECRET_NAME = /^(?:code|sid)$/i;
const SECRET_WORD =
  /^(?:\w*(?:token|secret|password|credentials?|signature)|(?:api|access)?key|sig|auth|pass|pwd|jwt|otp|session(?:id)?|expires|amz)$/i;
const SECRET_VALUE = /^[\w%.~+/=-]{24,}$/;

const NO_REPLY = /^(?:no|do[-_.]?not)[-_.]?reply(?:[-_.+].*)?@/i;

/** Quotes and backslashes would have to be escaped in the sender's header, and braces are for placeholders. */
const NAME_BREAKER = /["\\{}]|=\?/;

/** The name stands before the code, and phones take the first of these for it: four digits in a row, or two groups of three. */
const LIKE_A_CODE = /\p{Nd}{4}|\p{Nd}{3}[ \u00a0-]\p{Nd}{3}/u;

/** What is wrong with a brand's name; each continues a sentence that begins with it. */
const nameProblems = (name: string): readonly string[] => [
  ...characterProblems(name),
  ...(lengthOf(name) > LONGEST_NAME ? [`has ${lengthOf(name)} characters: at most ${LONGEST_NAME}`] : []),
  ...(NAME_BREAKER.test(name)
    ? ['has one of " \\ { } =?, which no sender can have in its name: leave it out']
    : []),
  ...(LIKE_A_CODE.test(name)
    ? ['has digits that phones would take for the code: leave them out, or no more than three in a row']
    : []),
];

/** What a name in a policy or a certificate is made of: no quotes, semicolons or stars, which `URL` lets through. */
const HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)+$/;

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** The words of `access_token`, `X-Amz-Signature` and `accessToken`. */
const wordsOf = (name: string): readonly string[] =>
  name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').split(/[^A-Za-z\d]+/);

const looksSecret = ([name, value]: readonly [string, string]): boolean =>
  SECRET_NAME.test(name) || wordsOf(name).some((word) => SECRET_WORD.test(word)) || SECRET_VALUE.test(value);

const urlProblems = (text: string): readonly string[] => {
  const url = parsed(text);
  if (url === undefined || /\s/.test(text) || url.protocol !== 'https:' || !HOST.test(url.hostname))
    return ['must be an https address such as https://example.com/help'];
  const secret = [...url.searchParams].find(looksSecret);
  return [
    ...characterProblems(text),
    ...(text.length > LONGEST_URL ? [`has ${text.length} characters: at most ${LONGEST_URL}`] : []),
    ...(/^[!-~]*$/.test(text) ? [] : [`has letters that mail programs may not follow: write ${url.href}`]),
    ...(url.username !== '' || url.password !== '' ? ['has a user or a password: everybody reads it'] : []),
    ...(secret === undefined
      ? []
      : [
          `has "${secret[0]}", which looks like a token: give an address that everybody may open at any time`,
        ]),
  ];
};

const logoProblems = (text: string): readonly string[] => {
  const problems = urlProblems(text);
  if (problems.length > 0) return problems;
  return /\.(?:png|jpe?g)$/i.test(new URL(text).pathname)
    ? []
    : ['must end in .png or .jpg: mail programs show no SVG, and few show WebP'];
};

const colorProblems = (color: string): readonly string[] => {
  if (!isColor(color)) return ['must be a color such as #1172bf'];
  const nearest = nearestWithContrast(color, CARDS, LEAST_CONTRAST);
  return nearest === color.toLowerCase()
    ? []
    : [
        `${color} has less than ${LEAST_CONTRAST} : 1 of contrast to ${CARDS.join(' or ')}, the mail in light and in dark mode` +
          `${nearest === undefined ? '' : `: the nearest that has it is ${nearest}`}`,
      ];
};

const widthProblems = (width: number): readonly string[] => {
  const { min, max } = LOGO_WIDTH;
  return Number.isInteger(width) && width >= min && width <= max
    ? []
    : [`must be a whole number of pixels from ${min} to ${max}`];
};

const replyToProblems = (address: string): readonly string[] =>
  mailableAddress(address) === address
    ? []
    : ['must be one plain address, such as help@example.com, in ASCII and without a name'];

const footerProblems = (footer: string): readonly string[] => [
  ...characterProblems(footer),
  ...(lengthOf(footer) > LONGEST_FOOTER
    ? [`has ${lengthOf(footer)} characters: at most ${LONGEST_FOOTER}`]
    : []),
];

interface Field {
  readonly type: 'string' | 'number';
  readonly problems: (value: never) => readonly string[];
}

const FIELDS: Readonly<Record<keyof Brand, Field>> = {
  name: { type: 'string', problems: nameProblems },
  logoUrl: { type: 'string', problems: logoProblems },
  logoWidth: { type: 'number', problems: widthProblems },
  accentColor: { type: 'string', problems: colorProblems },
  supportUrl: { type: 'string', problems: urlProblems },
  replyTo: { type: 'string', problems: replyToProblems },
  footer: { type: 'string', problems: footerProblems },
};

const fieldProblems = (key: string, value: unknown): readonly string[] => {
  const field = Object.hasOwn(FIELDS, key) ? FIELDS[key as keyof Brand] : undefined;
  if (field === undefined) return [`is not known; there are ${Object.keys(FIELDS).join(', ')}`];
  if (typeof value !== field.type) return [`must be a ${field.type === 'string' ? 'text' : 'number'}`];
  return field.problems(value as never);
};

/** All that is wrong with a brand, each by its key. */
export const brandProblems = (given: unknown): readonly string[] => {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return [`brand must be an object with ${Object.keys(FIELDS).join(', ')}`];
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  const has = (key: keyof Brand) => fields.some(([name]) => name === key);
  return [
    ...(has('name') ? [] : ['brand.name is missing: give the name that people know you by']),
    ...(has('logoWidth') && !has('logoUrl') ? ['brand.logoWidth needs brand.logoUrl'] : []),
    ...fields.flatMap(([key, value]) =>
      fieldProblems(key, value).map((problem) => `brand.${key} ${problem}`),
    ),
  ];
};

/** What need not be wrong with a checked brand. */
export const brandWarnings = ({ replyTo }: Partial<Brand>): readonly string[] =>
  replyTo !== undefined && NO_REPLY.test(replyTo)
    ? [
        `brand.replyTo is ${replyTo}: people reply to a mail that they did not expect, so give an address that somebody reads`,
      ]
    : [];
