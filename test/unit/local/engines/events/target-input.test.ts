import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileInput } from '../../../../../local/engines/events/target-input.ts';

const EVENT = {
  id: 'event-1',
  'detail-type': 'Email Delivered',
  resources: ['arn:one', 'arn:two'],
  detail: {
    count: 3,
    ok: true,
    nothing: null,
    reply: '250 "fine"\n\\o/',
    mail: { tags: { challenge: ['c-1'], delivery: ['1'] } },
  },
};

const transform = (template: string, paths: Readonly<Record<string, string>> = {}, event = EVENT) =>
  compileInput({ InputTransformer: { InputPathsMap: paths, InputTemplate: template } })(event);

describe('a target gets', () => {
  test('the event where nothing else is said', () => {
    expect(compileInput({})(EVENT)).toBe(EVENT);
  });

  test('its own Input', () => {
    expect(compileInput({ Input: '{"sweep":[1,null]}' })(EVENT)).toEqual({ sweep: [1, null] });
  });

  test.each([
    ['$', EVENT],
    ['$.detail-type', 'Email Delivered'],
    ['$.detail.mail.tags', EVENT.detail.mail.tags],
    ['$.detail.mail.tags.delivery[0]', '1'],
    ['$.resources[1]', 'arn:two'],
    ['$.detail.nothing', null],
    ['$.detail.missing.deeper', undefined],
    ['$.toString', undefined],
  ])('the part of the event at InputPath %s', (path, expected) => {
    expect(compileInput({ InputPath: path })(EVENT)).toEqual(expected);
  });
});

describe('an input transformer', () => {
  test('puts values outside of quotes as JSON', () => {
    const input = transform(
      '{"type":<type>,"n":<n>,"ok":<ok>,"tags":<tags>,"none":<none>,"list":[<type>,<n>]}',
      {
        type: '$.detail-type',
        n: '$.detail.count',
        ok: '$.detail.ok',
        tags: '$.detail.mail.tags',
        none: '$.detail.nothing',
      },
    );

    expect(input).toEqual({
      type: 'Email Delivered',
      n: 3,
      ok: true,
      tags: EVENT.detail.mail.tags,
      none: null,
      list: ['Email Delivered', 3],
    });
  });

  test('puts values within quotes as text, an object without its quotes', () => {
    const input = transform('{"a":"<type>: <n>, <ok>","tags":"<tags>","key-<n>":1}', {
      type: '$.detail-type',
      n: '$.detail.count',
      ok: '$.detail.ok',
      tags: '$.detail.mail.tags',
    });

    expect(input).toEqual({
      a: 'Email Delivered: 3, true',
      tags: '{challenge:[c-1],delivery:[1]}',
      'key-3': 1,
    });
  });

  test('puts nothing within quotes, and null outside, for what is not there', () => {
    const input = transform('{"in":"[<gone>]","out":<gone>}', { gone: '$.detail.bounce.bounceType' });

    expect(input).toEqual({ in: '[]', out: null });
  });

  test('takes names with dashes, as CDK gives them', () => {
    expect(transform('{"id":<detail-mail-id>}', { 'detail-mail-id': '$.id' })).toEqual({ id: 'event-1' });
  });

  test('may answer a text, and leaves escapes and lone brackets in it alone', () => {
    expect(transform('"a \\"<n>\\" < 4 <> \\\\"', { n: '$.detail.count' })).toBe('a "3" < 4 <> \\');
  });

  test('hands on any value unharmed, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        const input = compileInput({
          InputTransformer: {
            InputPathsMap: { value: '$.detail.value', text: '$.detail.text' },
            InputTemplate: '{"value":<value>,"text":"-<text>-","quoted":"<value>"}',
          },
        })({ detail: { value, text } });

        expect(input).toMatchObject({ value: JSON.parse(JSON.stringify(value)), text: `-${text}-` });
      }),
    );
  });
});

test.each([
  ['a wildcard', { InputPath: '$.resources[*]' }, 'the path "$.resources[*]" does not work here'],
  ['a filter', { InputPath: '$.detail[?(@.a)]' }, 'does not work here'],
  ['a path in brackets', { InputPath: "$['detail']" }, 'does not work here'],
  ['a colon in a path', { InputPath: '$.detail.ses:x' }, 'does not work here'],
  ['an Input that is not JSON', { Input: '{sweep}' }, 'Input is not JSON'],
  ['two inputs', { Input: '1', InputPath: '$' }, 'one of Input, InputPath and InputTransformer'],
  [
    'a template that is not JSON',
    { InputTransformer: { InputTemplate: '{"a":}' } },
    'InputTemplate is not JSON',
  ],
  ['no template', { InputTransformer: {} }, 'InputTemplate is not JSON'],
  [
    'a variable that is not defined',
    { InputTransformer: { InputTemplate: '{"a":"<aws.events.rule-name>"}' } },
    'InputTemplate has <aws.events.rule-name>, which InputPathsMap does not define',
  ],
])('a target with %s is refused', (_, target, message) => {
  expect(() => compileInput(target)).toThrow(message);
});
