import { expect, test } from 'vitest';
import { noticesOf, writeNotices } from '../../../../tools/package/notices.ts';

test('a package is named once, with its version and licence, and the project’s own files are not', () => {
  const notices = noticesOf([
    'node_modules/uuid/dist/v4.js',
    'node_modules/uuid/dist/v7.js',
    'node_modules/@aws-sdk/client-sfn/dist-es/index.js',
    'shared/domain/code.ts',
  ]);

  expect(notices.map(({ name, license }) => `${name.replace(/ .*/, '')}: ${license}`)).toEqual([
    '@aws-sdk/client-sfn: Apache-2.0',
    'uuid: MIT',
  ]);
  for (const { text } of notices) expect(text).toMatch(/licen[cs]e|permission/i);
});

test('packages with the same text share it', () => {
  const text = 'Do what you like.';
  const notices = [
    { name: 'one 1.0.0', license: 'MIT', text },
    { name: 'two 2.0.0', license: 'MIT', text },
    { name: 'three 3.0.0', license: 'ISC', text: '' },
  ];

  const written = writeNotices(notices, 'The functions');

  expect(written).toContain('The functions have code of these packages in them.');

  expect(written.split(text)).toHaveLength(2);
  for (const name of ['one 1.0.0', 'two 2.0.0', 'three 3.0.0']) expect(written).toContain(name);
});
