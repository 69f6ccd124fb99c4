import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeLeftAlone, writeLeftAlone } from '../../../../../local/app/rest/describe-left-alone.ts';
import type { LeftAlone } from '../../../../../local/app/rest/left-alone.ts';

const several = (count: number, type: string, isNotable = false): readonly LeftAlone[] =>
  Array.from({ length: count }, (_, index) => ({ type, name: `Part${index}`, stack: 'Shop', isNotable }));

test('functions are named, and the others counted by type, most first', () => {
  const all = [
    ...several(1, 'AWS::Lambda::Function', true),
    ...several(2, 'AWS::S3::Bucket'),
    ...several(12, 'AWS::EC2::Subnet'),
  ];

  expect(describeLeftAlone(all)).toBe('Lambda::Function Part0, 12 × AWS::EC2::Subnet, 2 × AWS::S3::Bucket');
});

test('many functions and many types are cut short', () => {
  const functions = several(8, 'AWS::Lambda::Function', true);
  const types = Array.from({ length: 8 }, (_, index) => several(1, `AWS::Some::Type${index}`)).flat();

  expect(describeLeftAlone([...functions, ...types])).toMatch(
    /^Lambda::Function Part0, .*Part5, 2 × AWS::Lambda::Function, 1 × AWS::Some::Type0, .*Type4, and 3 more$/,
  );
});

test('all of it is in a file, which goes when nothing is left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'left-'));

  const file = writeLeftAlone(folder, several(2, 'AWS::S3::Bucket')) ?? '';
  expect(readFileSync(file, 'utf8')).toBe('Shop\tAWS::S3::Bucket\tPart0\nShop\tAWS::S3::Bucket\tPart1\n');

  expect(writeLeftAlone(folder, [])).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});
