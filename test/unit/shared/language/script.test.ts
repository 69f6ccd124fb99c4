import { expect, test } from 'vitest';
import { directionOf, scriptOf } from '../../../../shared/language/script.ts';

test.each([
  ['de', 'Latn', 'ltr'],
  ['ja', 'Jpan', 'ltr'],
  ['zh-Hant', 'Hant', 'ltr'],
  ['zh-TW', 'Hant', 'ltr'],
  ['ar', 'Arab', 'rtl'],
  ['he', 'Hebr', 'rtl'],
  ['ur-PK', 'Arab', 'rtl'],
  ['az-Arab', 'Arab', 'rtl'],
  ['az', 'Latn', 'ltr'],
])('%s is written in %s, %s', (tag, script, direction) => {
  expect([scriptOf(tag), directionOf(tag)]).toEqual([script, direction]);
});
