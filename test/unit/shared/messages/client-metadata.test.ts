import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ClientMetadata,
  readClientMetadata,
  writeClientMetadata,
} from '../../../../shared/messages/client-metadata.ts';

const anyMetadata: fc.Arbitrary<ClientMetadata> = fc.record(
  {
    call: fc.constantFrom('answer', 'resend'),
    ipAddress: fc.string(),
    userAgent: fc.string(),
    locale: fc.string({ maxLength: 35 }),
  },
  { requiredKeys: ['call'] },
);

test('a trigger reads what a client wrote', () => {
  fc.assert(
    fc.property(anyMetadata, (metadata) => {
      expect(readClientMetadata(writeClientMetadata(metadata))).toEqual(metadata);
    }),
  );
});

test('it is sent with the names that all clients use', () => {
  const said = { ipAddress: '192.0.2.7', userAgent: 'browser/1', locale: 'pt-BR' };

  expect(writeClientMetadata({ call: 'resend', ...said })).toEqual({ action: 'resend', ...said });
  expect(writeClientMetadata({ call: 'answer' })).toEqual({});
});

test('another mail is asked for beside fields that are new', () => {
  expect(readClientMetadata({ action: 'resend', more: 'fields' })).toEqual({ call: 'resend' });
});

test.each([
  [{ action: 'Resend' }],
  [{ action: ['resend'] }],
  [{ ipAddress: 7, userAgent: ['browser/1'], locale: ['de'] }],
  [{ locale: 'd'.repeat(36) }],
  [{}],
  [null],
  [undefined],
  ['resend'],
])('%j is an answer, and nothing is said about the client', (metadata) => {
  expect(readClientMetadata(metadata)).toEqual({ call: 'answer' });
});
