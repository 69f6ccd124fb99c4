import { expect, test } from 'vitest';
import { checkParameters } from '../../../../../local/ground/template/parameters.ts';
import type { RawParameter, RawStack } from '../../../../../local/ground/template/raw-stack.ts';

/** A stack that only has these parameters. */
const aStack = (
  Parameters: Readonly<Record<string, RawParameter>>,
  more: Partial<RawStack> = {},
): RawStack => ({
  id: 'Shop',
  name: 'Shop',
  region: 'us-east-1',
  accountId: '000000000000',
  template: { Resources: {}, Parameters },
  assets: { folder: '', byKey: {}, unpacked: '' },
  parameters: {},
  namePrefix: '',
  ...more,
});

test.each<[RawParameter, string]>([
  [{}, 'anything'],
  [{ Type: 'Number', MinValue: 1, MaxValue: '10' }, '2.5'],
  [{ Type: 'List<Number>' }, '1, 2,3'],
  [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a, b'],
  [{ AllowedValues: [1, 2] }, '1'],
  [{ AllowedPattern: '[a-z]+', MinLength: 1, MaxLength: '3' }, 'abc'],
  [{ AllowedPattern: '(?i)[a-z]+' }, 'ABC'],
])('%j takes %s', (parameter, value) => {
  expect(() => checkParameters([aStack({ Stage: parameter })], { Stage: value })).not.toThrow();
});

test.each<[RawParameter, string, string]>([
  [{ Type: 'Number' }, 'abc', 'Stage is "abc" and must be a number'],
  [{ Type: 'List<Number>' }, '1,b', 'must be numbers with commas between them'],
  [{ AllowedValues: ['test', 'live'] }, 'prod', 'Stage is "prod" and must be one of test, live'],
  [{ Type: 'CommaDelimitedList', AllowedValues: ['a'] }, 'a,c', 'must be one of a'],
  [{ AllowedPattern: '[a-z]+' }, 'ab1', 'must be of the form [a-z]+'],
  [{ MinLength: 3 }, 'ab', 'must be at least 3 characters long'],
  [
    { MaxLength: 3, ConstraintDescription: 'a short name' },
    'abcd',
    '"a short name", at most 3 characters long',
  ],
  [{ Type: 'Number', MinValue: 5 }, '4', 'must be at least 5'],
  [{ Type: 'Number', MaxValue: 5 }, '6', 'must be at most 5'],
])('%j refuses %s', (parameter, value, words) => {
  expect(() => checkParameters([aStack({ Stage: parameter })], { Stage: value })).toThrow(words);
});

test('all that is wrong is said at once, with the parameters that there are', () => {
  const nested = aStack({ Inner: {} }, { parent: { id: 'Shop', logicalId: 'Nested' } });
  const stacks = [aStack({ Stage: { AllowedValues: ['test'] }, BootstrapVersion: {} }), nested];

  expect(() => checkParameters(stacks, { Stgae: 'test', Stage: 'live', Inner: 'x' })).toThrow(
    '--parameter: Stgae is no parameter of the app; it has Stage; Stage is "live" and must be one of test; ' +
      'Inner is no parameter of the app; it has Stage',
  );
});
