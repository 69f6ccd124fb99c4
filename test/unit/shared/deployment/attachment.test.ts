import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttachmentOrder,
  readAttachment,
  writeAttachment,
} from '../../../../shared/deployment/attachment.ts';
import { PLACES } from '../../../../shared/pool/places.ts';

const text = fc.string({ minLength: 1 });

const anyOrder: fc.Arbitrary<AttachmentOrder> = fc.record(
  {
    userPoolId: text,
    triggers: fc.record(Object.fromEntries(PLACES.map((place) => [place, text]))) as fc.Arbitrary<
      AttachmentOrder['triggers']
    >,
    eventVersion: fc.constantFrom('V1_0', 'V2_0', 'V3_0'),
    codeSeconds: fc.integer({ min: 300, max: 600 }),
    replace: fc.subarray([...PLACES]),
    accept: fc.array(text),
    reporting: fc.dictionary(fc.stringMatching(/^\w{1,26}$/), fc.record({ until: text })),
    refreshUntil: text,
    smsRoleArn: text,
    customSenderKeyArn: text,
  },
  {
    requiredKeys: ['userPoolId', 'triggers', 'eventVersion', 'codeSeconds', 'replace', 'accept', 'reporting'],
  },
);

/** CloudFormation makes texts of everything that is no list and no object. */
const byCloudFormation = (value: unknown): object => JSON.parse(JSON.stringify(value));

describe('the properties of the custom resource', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        expect(readAttachment(byCloudFormation(writeAttachment(order)))).toEqual(order);
      }),
    );
  });

  it('hold no number and no Boolean, of which CloudFormation would make texts', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const found: unknown[] = [];
        JSON.stringify(writeAttachment(order), (_, value) => {
          if (['number', 'boolean'].includes(typeof value)) found.push(value);
          return value;
        });
        expect(found).toEqual([]);
      }),
    );
  });

  const WHOLE = writeAttachment({
    userPoolId: 'pool',
    triggers: {
      DefineAuthChallenge: 'a',
      CreateAuthChallenge: 'b',
      VerifyAuthChallengeResponse: 'c',
      PreTokenGeneration: 'd',
    },
    eventVersion: 'V1_0',
    codeSeconds: 300,
    replace: [],
    accept: [],
    reporting: {},
  });

  it.each<[string, object, string]>([
    ['no pool', { UserPoolId: '' }, 'The custom resource has no UserPoolId'],
    ['no triggers', { Triggers: undefined }, 'has no DefineAuthChallenge'],
    ['a trigger less', { Triggers: { DefineAuthChallenge: 'a' } }, 'has no CreateAuthChallenge'],
    ['a version from later', { EventVersion: 'V9_0' }, 'EventVersion is not known'],
    ['a time that is none', { CodeSeconds: 'soon' }, 'CodeSeconds is no whole number'],
  ])('are refused with %s', (_, wrong, message) => {
    expect(() => readAttachment({ ...WHOLE, ...wrong })).toThrow(message);
    expect(() => readAttachment({ ...WHOLE, ...wrong })).toThrow(
      expect.objectContaining({ name: 'AttachmentUnreadable' }),
    );
  });
});
