/** Finds what a company gives its mails in its folder, and checks it. The stack and the builder of the sign-in page both do. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TextTree } from '../../language/shipped-texts.ts';
import { checkMail, type MailCheck, type TextFile } from './check-mail.ts';
import { isFolder, readJsonFile, readTextFiles } from './read-mail-folder.ts';

export const COMPANY_FILE = 'mail.json';
export const COMPANY_TEXTS = 'texts';

type Fields = Readonly<Record<string, unknown>>;

/** What a company gives, and what is wrong with the folder or the fields around it. */
export interface FoundMail {
  /** `brand`, `defaultLocale` and the path of the folder `texts`, not checked yet. */
  readonly fields: Fields;
  /** What messages call the place of the fields. */
  readonly path: string;
  readonly problems: readonly string[];
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const unknownFields = (fields: Fields, known: readonly string[], path: string): readonly string[] =>
  Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) =>
      key === COMPANY_TEXTS
        ? `${path}: ${COMPANY_TEXTS} is the folder beside it: leave it out`
        : `${path}: ${key} is not known; there are ${known.join(', ')}`,
    );

/**
 * What a folder has in its `mail.json`, and its `texts/`. One of the two is enough. `option` is what messages call the place where the
 * folder was named. Throws if the folder cannot be listed.
 */
export const findInFolder = (given: string, option: string): FoundMail => {
  const path = join(given, COMPANY_FILE);
  const wrong = (problem: string): FoundMail => ({ fields: {}, path, problems: [problem] });
  if (given === '' || !isFolder(resolve(given)))
    return wrong(
      `${option} must be a folder with ${COMPANY_FILE} in it: ${given === '' ? 'nothing' : resolve(given)} is none`,
    );
  const names = readdirSync(resolve(given));
  const texts = isFolder(resolve(given, COMPANY_TEXTS)) ? { texts: join(given, COMPANY_TEXTS) } : {};
  const strays = names
    .filter((name) => /^[^.].*\.json$/i.test(name) && name !== COMPANY_FILE)
    .map(
      (name) => `${join(given, name)} is not read: move it into ${join(given, COMPANY_TEXTS)}, or elsewhere`,
    );
  if (!names.includes(COMPANY_FILE))
    return texts.texts === undefined
      ? wrong(
          `${option} must be a folder with ${COMPANY_FILE} or ${COMPANY_TEXTS} in it: ${resolve(given)} has neither`,
        )
      : { fields: texts, path, problems: strays };
  const content = readJsonFile(resolve(given, COMPANY_FILE));
  if (content.kind === 'unreadable') return wrong(`${path} ${content.why}`);
  if (!isFields(content.value)) return wrong(`${path} must be an object with brand and defaultLocale`);
  const unknown = unknownFields(content.value, ['brand', 'defaultLocale'], path);
  return { fields: { ...content.value, ...texts }, path, problems: [...unknown, ...strays] };
};

type FoundTexts =
  | { readonly kind: 'files'; readonly files: readonly TextFile[] }
  | { readonly kind: 'problem'; readonly problem: string };

const findTexts = (texts: unknown): FoundTexts => {
  if (texts === undefined) return { kind: 'files', files: [] };
  if (typeof texts === 'string' && isFolder(resolve(texts)))
    return { kind: 'files', files: readTextFiles(texts) };
  const what = typeof texts === 'string' ? resolve(texts) : JSON.stringify(texts);
  return {
    kind: 'problem',
    problem: `mail: texts must be a folder with a file for each language: ${what} is none`,
  };
};

/** Checks what was found, outside and inside. All that is wrong is said at once. */
export const checkFound = (
  { fields, path, problems }: FoundMail,
  shipped: Readonly<Record<string, TextTree>>,
): MailCheck => {
  const { brand, texts, defaultLocale } = fields;
  const found = findTexts(texts);
  const files = found.kind === 'files' ? found.files : [];
  const check = checkMail({ brand, defaultLocale, path, files }, shipped);
  const all = [
    ...problems,
    ...(found.kind === 'problem' ? [found.problem] : []),
    ...(check.kind === 'wrong' ? check.problems : []),
  ];
  return all.length > 0 ? { kind: 'wrong', problems: all } : check;
};
