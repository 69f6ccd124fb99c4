import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../../../local/engines/events/pattern.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';

const BOUNCE = {
  source: 'aws.ses',
  'detail-type': 'Email Bounced',
  resources: ['arn:one', 'arn:two'],
  detail: {
    eventType: 'Bounce',
    count: 2,
    final: false,
    reply: null,
    none: [],
    mail: { tags: { 'ses:configuration-set': ['codes'], delivery: ['1'] } },
    recipients: [
      { action: 'failed', status: '5.1.1' },
      { action: 'delayed', status: '4.4.7' },
    ],
  },
};

const matches = (pattern: JsonObject) => compilePattern(pattern)(BOUNCE);

describe('an event pattern matches', () => {
  test.each([
    ['a text', { source: ['aws.ses'] }],
    ['one of several', { 'detail-type': ['Email Sent', 'Email Bounced'] }],
    ['a number', { detail: { count: [2] } }],
    ['a boolean', { detail: { final: [false] } }],
    ['null', { detail: { reply: [null] } }],
    ['one element of an array', { resources: ['arn:two'] }],
    ['deep within objects', { detail: { mail: { tags: { 'ses:configuration-set': ['codes'] } } } }],
    ['one object of an array', { detail: { recipients: { status: ['4.4.7'] } } }],
    ['several fields at once', { source: ['aws.ses'], detail: { eventType: ['Bounce'], count: [1, 2] } }],
    ['a prefix', { 'detail-type': [{ prefix: 'Email ' }] }],
    ['a field that is there', { detail: { eventType: [{ exists: true }] } }],
    ['null as there', { detail: { reply: [{ exists: true }] } }],
    ['a field that is not there', { detail: { complaint: [{ exists: false }] } }],
    ['a field of an object that is not there', { detail: { complaint: { type: [{ exists: false }] } } }],
    ['an empty array as not there', { detail: { none: [{ exists: false }] } }],
    ['anything but a text', { source: [{ 'anything-but': 'aws.s3' }] }],
    ['anything but a list', { detail: { count: [{ 'anything-but': [1, 3] }] } }],
    ['anything but one element of an array', { resources: [{ 'anything-but': 'arn:one' }] }],
    ['a filter or a value', { source: [{ prefix: 'com.' }, 'aws.ses'] }],
  ])('%s', (_, pattern) => {
    expect(matches(pattern)).toBe(true);
  });
});

describe('an event pattern does not match', () => {
  test.each([
    ['another text', { source: ['aws.s3'] }],
    ['a part of a text', { source: ['aws'] }],
    ['another case', { source: ['AWS.SES'] }],
    ['a number given as text', { detail: { count: ['2'] } }],
    ['false for null', { detail: { reply: [false] } }],
    ['a missing field', { detail: { complaint: ['abuse'] } }],
    ['null for a missing field', { detail: { complaint: [null] } }],
    ['when one of several fields differs', { source: ['aws.ses'], detail: { eventType: ['Send'] } }],
    [
      'fields of different objects of an array',
      { detail: { recipients: { action: ['failed'], status: ['4.4.7'] } } },
    ],
    ['an object as a value', { detail: { mail: [{ exists: true }] } }],
    ['a text as an object', { source: { name: ['aws.ses'] } }],
    ['what every object inherits', { detail: { toString: [{ exists: true }] } }],
    ['another prefix', { source: [{ prefix: 'ses' }] }],
    ['a prefix of a number', { detail: { count: [{ prefix: '2' }] } }],
    ['a field that should not be there', { source: [{ exists: false }] }],
    ['what it should be anything but', { source: [{ 'anything-but': ['aws.ses', 'aws.s3'] }] }],
    ['anything but a text where there is nothing', { detail: { complaint: [{ 'anything-but': 'abuse' }] } }],
  ])('%s', (_, pattern) => {
    expect(matches(pattern)).toBe(false);
  });
});

test.each([
  ['a filter that there is not', { source: [{ regex: 'aws.*' }] }],
  ['numeric without a number', { detail: { count: [{ numeric: ['>', '1'] }] } }],
  ['numeric without a sign', { detail: { count: [{ numeric: [1] }] } }],
  ['numeric without anything', { detail: { count: [{ numeric: [] }] } }],
  ['numeric that is no range', { detail: { count: [{ numeric: ['<', 5, '>', 1] }] } }],
  ['numeric with an empty range', { detail: { count: [{ numeric: ['>', 5, '<', 1] }] } }],
  ['cidr without bits', { detail: { ip: [{ cidr: '10.0.0.0' }] } }],
  ['cidr with too many bits', { detail: { ip: [{ cidr: '10.0.0.0/33' }] } }],
  ['cidr of a name', { detail: { ip: [{ cidr: 'example.com/24' }] } }],
  ['two asterisks in a row', { source: [{ wildcard: 'aws**' }] }],
  ['an escaped letter', { source: [{ wildcard: 'aws\\s' }] }],
  ['anything but texts and numbers', { source: [{ 'anything-but': ['aws', 1] }] }],
  ['anything but nothing', { source: [{ 'anything-but': [] }] }],
  ['anything but null', { source: [{ 'anything-but': null }] }],
  ['anything but an empty prefix', { source: [{ 'anything-but': { prefix: '' } }] }],
  ['anything but no prefix', { source: [{ 'anything-but': { prefix: [] } }] }],
  ['anything but a range', { source: [{ 'anything-but': { numeric: ['<', 2] } }] }],
  ['prefix with another filter', { source: [{ prefix: { suffix: 'AWS' } }] }],
  ['prefix of a number', { source: [{ prefix: 1 }] }],
  ['exists with a text', { source: [{ exists: 'yes' }] }],
  ['two filters in one', { source: [{ prefix: 'aws', exists: true }] }],
  ['what every object inherits', { source: [{ toString: 'aws' }] }],
  ['$or of one', { $or: [{ source: ['aws.ses'] }] }],
  ['$or of values', { $or: ['aws.ses', 'aws.s3'] }],
  ['$or of a filter', { $or: [{ prefix: 'aws' }, { source: ['aws.ses'] }] }],
  ['another word with $', { $and: [{ source: ['aws.ses'] }, { source: ['aws.s3'] }] }],
  ['a value without an array', { source: 'aws.ses' }],
  ['an array within an array', { source: [['aws.ses']] }],
  ['an empty array', { source: [] }],
  ['an empty object', { detail: {} }],
])('a pattern with %s is refused', (_, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(/does not work here|must be|empty|within/);
});

test('a refusal names the filter and the field', () => {
  expect(() => compilePattern({ detail: { count: [{ numeric: ['~', 1] }] } })).toThrow(
    'the filter {"numeric":["~",1]} of detail.count does not work here',
  );
});

const SCALAR = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const NAME = fc.stringMatching(/^[a-z-]{1,8}$/);

test('an event matches the pattern of its own values, and not that pattern with one more field', () => {
  fc.assert(
    fc.property(fc.dictionary(NAME, SCALAR, { minKeys: 1 }), (fields) => {
      const pattern = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, ['@', value]]));

      expect(compilePattern(pattern)(fields)).toBe(true);
      expect(compilePattern({ ...pattern, NOT_THERE: ['@'] })(fields)).toBe(false);
    }),
  );
});

test('of exists true and exists false, exactly one holds', () => {
  fc.assert(
    fc.property(fc.dictionary(NAME, fc.jsonValue()), NAME, (event, name) => {
      const holds = (exists: boolean) => compilePattern({ [name]: [{ exists }] })(event);

      expect(holds(true)).toBe(!holds(false));
    }),
  );
});
