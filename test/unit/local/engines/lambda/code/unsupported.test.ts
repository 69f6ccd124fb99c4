import { expect, test } from 'vitest';
import { unsupportedByFunction } from '../../../../../../local/engines/lambda/code/unsupported.ts';
import { aResource } from '../../../a-resource.ts';

const INLINE = { ZipFile: 'exports.handler = async () => 1;' };

const problems = (properties: object): readonly string[] =>
  unsupportedByFunction(
    aResource(
      'AWS::Lambda::Function',
      { Runtime: 'nodejs22.x', Code: INLINE, ...properties },
      {
        ref: 'claims',
        attributes: {},
      },
    ),
  );

test.each([{}, { Runtime: 'nodejs18.x' }, { Runtime: undefined }, { Layers: [] }, { VpcConfig: {} }])(
  'a function with %j runs here',
  (properties) => {
    expect(problems(properties)).toEqual([]);
  },
);

test.each([
  [{ Runtime: 'python3.13' }, 'is for python3.13; Node.js from 18 on runs here'],
  [{ Runtime: 'nodejs16.x' }, 'is for nodejs16.x'],
  [{ PackageType: 'Image' }, 'is a container image'],
  [{ Code: { ImageUri: 'image' } }, 'is a container image'],
  [
    { Code: { S3Key: 'x.zip' } },
    'has its code in a bucket. Synthesize the app on this machine, or put the zip',
  ],
  [{ Layers: ['arn'] }, 'has layers (Layers), which are not loaded here. Bundle'],
  [{ FileSystemConfigs: [{}] }, 'has a file system'],
  [{ ReservedConcurrentExecutions: 0 }, 'is never invoked'],
])('a function with %j is refused, with what to do', (properties, words) => {
  expect(problems(properties)).toEqual([expect.stringContaining(words)]);
});
