import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const namesIn = (text: string) => new Set(text.match(/EmailOtp-[A-Z][A-Za-z]+/g));

it('docs/security-settings.md names every warning of synthesis, and no other', () => {
  const sources = ['infra/check', 'infra/mail', 'infra/watch'].flatMap((folder) =>
    readdirSync(new URL(folder, ROOT)).map((file) => read(`${folder}/${file}`)),
  );
  const names = namesIn(sources.join());

  expect(names.size).toBeGreaterThan(7);
  expect(namesIn(read('docs/security-settings.md'))).toEqual(names);
});
