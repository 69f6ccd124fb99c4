import { describe, expect, test } from 'vitest';
import { evaluateCondition, resolveIntrinsics } from '../../../../../local/ground/template/intrinsics.ts';
import { aScope } from './a-scope.ts';

const NAMES = {
  Table1234ABCD: { ref: 'Table', attributes: { Arn: 'arn:aws:dynamodb:::table/Table' } },
  Key: { ref: 'arn:key', attributes: {} },
};

const resolve = (value: unknown) => resolveIntrinsics(value, aScope(NAMES));

/** A placeholder that CloudFormation replaces in a text. */
const $ = (name: string) => `\${${name}}`;

describe('a condition', () => {
  const equals = (left: unknown, right: unknown) => ({ 'Fn::Equals': [left, right] });
  const [yes, no] = [equals({ Ref: 'Key' }, 'arn:key'), equals('a', 'b')];

  test.each([
    ['Fn::Equals', yes, true],
    ['Fn::Not', { 'Fn::Not': [yes] }, false],
    ['Fn::And', { 'Fn::And': [yes, no] }, false],
    ['Fn::Or', { 'Fn::Or': [no, yes] }, true],
    ['another condition', { 'Fn::And': [yes, { Condition: 'IsLive' }] }, true],
  ])('is evaluated: %s', (_, expression, expected) => {
    expect(evaluateCondition(expression, aScope(NAMES))).toBe(expected);
  });

  test('that is not known is refused by name', () => {
    expect(() => evaluateCondition({ 'Fn::Contains': [] }, aScope(NAMES))).toThrow('Fn::Contains');
    expect(() => evaluateCondition('yes', aScope(NAMES))).toThrow('the condition "yes"');
  });
});

describe('an intrinsic function', () => {
  test.each([
    ['Ref', { Ref: 'Table1234ABCD' }, 'Table'],
    ['Ref to a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Table1234ABCD', 'Arn'] }, 'arn:aws:dynamodb:::table/Table'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Key' }, 'b']] }, 'a-arn:key-b'],
    ['Fn::Join within Fn::Join', { 'Fn::Join': ['', ['a', { 'Fn::Join': ['/', ['b', 'c']] }]] }, 'ab/c'],
    [
      'Fn::Sub',
      { 'Fn::Sub': `x ${$('Key')} ${$('Table1234ABCD.Arn')} ${$('AWS::Partition')}` },
      'x arn:key arn:aws:dynamodb:::table/Table aws',
    ],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', { Ref: 'Key' }] }] }, 'key'],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': [`${$('X')}-${$('Key')}`, { X: { Ref: 'Key' } }] },
      'arn:key-arn:key',
    ],
    ['Fn::GetAtt in one word', { 'Fn::GetAtt': 'Table1234ABCD.Arn' }, 'arn:aws:dynamodb:::table/Table'],
    ['Fn::If', { 'Fn::If': ['IsLive', { Ref: 'Key' }, 'test'] }, 'arn:key'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', 'us', 'small'] }, 'S'],
    ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['Sizes', 'x', 'y', { DefaultValue: 'M' }] }, 'M'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'Other:Key' }, 'imported Other:Key'],
    ['Fn::Base64', { 'Fn::Base64': { Ref: 'Key' } }, 'YXJuOmtleQ=='],
    ['Fn::Select of Fn::GetAZs', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'us-east-1b'],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { key: { Ref: 'Key' } } }, '{"key":"arn:key"}'],
    ['Fn::Length', { 'Fn::Length': ['a', 'b'] }, 2],
    ['Fn::Sub with a literal', { 'Fn::Sub': `${$('!Literal')} ${$('Key')}` }, `${$('Literal')} arn:key`],
  ])('%s is resolved', (_, value, expected) => {
    const resolved = resolve(value);

    expect(resolved).toBe(expected);
  });

  test('is resolved however deep it stands, and everything else stays as it is', () => {
    const resolved = resolve({ List: [1, true, null, { Name: { Ref: 'Key' } }], Text: 'Ref', Empty: {} });

    expect(resolved).toEqual({ List: [1, true, null, { Name: 'arn:key' }], Text: 'Ref', Empty: {} });
  });

  test('leaves out what has no value', () => {
    const none = { Ref: 'AWS::NoValue' };

    expect(resolve({ Name: none, List: ['a', none] })).toEqual({ List: ['a'] });
  });

  test('is distinguished from properties that share an object with others', () => {
    const resolved = resolve({ Ref: 'Key', Other: 1 });

    expect(resolved).toEqual({ Ref: 'Key', Other: 1 });
  });

  test.each([
    ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 2] }, 'Fn::Cidr'],
    ['Fn::Join of no list', { 'Fn::Join': 'a' }, 'Fn::Join'],
    ['a mapping that is not there', { 'Fn::FindInMap': ['Size', 'eu', 'large'] }, 'no mapping Size'],
    [
      'a key that is not there',
      { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'large'] },
      'the mapping Sizes has us, and not "us-east-1" (from AWS::Region)',
    ],
    ['a second key', { 'Fn::FindInMap': ['Sizes', 'us', 'large'] }, 'has small, and not "large"'],
    ['a choice that is not there', { 'Fn::Select': [2, ['a', 'b']] }, 'Fn::Select'],
    ['a Ref to what is not there', { Ref: 'Missing' }, 'Missing'],
    ['an attribute that is not known', { 'Fn::GetAtt': ['Table1234ABCD', 'StreamArn'] }, 'StreamArn'],
    ['an attribute of what is not there', { 'Fn::GetAtt': ['Missing', 'Arn'] }, 'Missing.Arn'],
    ['a substitute that is not there', { 'Fn::Sub': $('Missing') }, 'Missing'],
  ])('that is not known is refused by name: %s', (_, value, named) => {
    expect(() => resolve(value)).toThrow(named);
  });
});
