import { expect, test } from 'vitest';
import { functionsOf } from '../../../../../local/engines/lambda/local-function.ts';
import type { Template } from '../../../../../local/ground/template.ts';

const aTemplate = (properties: Readonly<Record<string, unknown>>) =>
  ({
    ofType: () => [
      {
        names: { ref: 'Claims', attributes: { Arn: 'arn:claims' } },
        properties: { Handler: 'index.handler', ...properties },
        metadata: { 'aws:asset:path': 'asset.1' },
        assets: { folder: 'cdk.out', byKey: {}, unpacked: 'unpacked' },
      },
    ],
  }) as unknown as Template;

test('a function has the runtime that the template says', () => {
  expect(functionsOf(aTemplate({ Runtime: 'nodejs20.x' }))).toMatchObject([{ runtime: 'nodejs20.x' }]);
});

test.each([
  ['as the template says', { Timeout: 4, MemorySize: 512 }, { timeoutSeconds: 4, memoryMb: 512 }],
  ['as Lambda does, where the template is silent', {}, { timeoutSeconds: 3, memoryMb: 128 }],
])('a function has time and memory %s', (_, properties, expected) => {
  expect(functionsOf(aTemplate(properties))).toMatchObject([expected]);
});
