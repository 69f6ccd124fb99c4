import { describe, expect, test } from 'vitest';
import {
  flag,
  integer,
  listOf,
  readInput,
  required,
  text,
  textMap,
} from '../../../../../local/engines/cognito/input.ts';
import { awsError } from './fixture.ts';

const schema = {
  Name: required(text({ min: 2, max: 5, pattern: /^\w+$/ })),
  Kind: text({ values: ['A', 'B'] }),
  Limit: integer({ min: 0, max: 60 }),
  Given: flag,
  Items: listOf(required(text({ max: 3 }))),
  Metadata: textMap,
};

const violation = (at: string, rule: string) =>
  `Value at '${at}' failed to satisfy constraint: Member must ${rule}`;

describe('a request body', () => {
  test('is read, with absent members empty', () => {
    expect(readInput({ Name: 'abc', Metadata: { a: 'b', c: null } }, schema)).toEqual({
      Name: 'abc',
      Kind: undefined,
      Limit: undefined,
      Given: false,
      Items: [],
      Metadata: { a: 'b' },
    });
  });

  test.each([
    [{}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [{ Name: 'a' }, violation('name', 'have length greater than or equal to 2')],
    [{ Name: 'abcdef' }, violation('name', 'have length less than or equal to 5')],
    [{ Name: 'a b' }, violation('name', 'satisfy regular expression pattern: ^\\w+$')],
    [{ Name: 'abc', Kind: 'C' }, violation('kind', 'satisfy enum value set: [A, B]')],
    [{ Name: 'abc', Limit: 61 }, violation('limit', 'have value less than or equal to 60')],
    [{ Name: 'abc', Items: ['abcd'] }, violation('items.1.member', 'have length less than or equal to 3')],
  ])('is refused without repeating the value: %j', (input, problem) => {
    const message = `1 validation error detected: ${problem}`;

    expect(() => readInput(input, schema)).toThrow(
      expect.objectContaining(awsError('InvalidParameterException', message)),
    );
  });

  test('is refused with all of its problems at once', () => {
    expect(() => readInput({ Kind: 'C' }, schema)).toThrow(
      /^2 validation errors detected: .*'name'.*; .*'kind'/,
    );
  });

  test.each([
    { Name: 7 },
    { Name: 'abc', Given: 'true' },
    { Name: 'abc', Limit: '7' },
    { Name: 'abc', Items: {} },
    { Name: 'abc', Metadata: [] },
    { Name: 'abc', Metadata: { a: {} } },
  ])('is refused for a wrong type: %j', (input) => {
    expect(() => readInput(input, schema)).toThrow(
      expect.objectContaining({ code: 'SerializationException' }),
    );
  });
});
