import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foreignApp } from '../../../../local/app/app.ts';
import { functionsOf } from '../../../../local/engines/lambda/local-function.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import { aFolder, aFunction, anAssembly, anOtp, ENDPOINT, stacksIn } from './an-app.ts';

const load = (path: string, parameters: Readonly<Record<string, string>> = {}) =>
  foreignApp(stacksIn(path, parameters))(ENDPOINT);

test('an assembly is read with those that are nested in it', () => {
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111122223333/eu-west-1',
    properties: { templateFile: 'Auth.template.json', stackName: 'Test-Auth' },
    displayName: 'Test/Auth',
  };
  const folder = aFolder({
    'manifest.json': {
      artifacts: {
        'assembly-Test': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Test' } },
      },
    },
    'assembly-Test/manifest.json': { artifacts: { TestAuth: stack, Tree: { type: 'cdk:tree' } } },
    'assembly-Test/Auth.template.json': anOtp(),
  });

  expect(stacksIn(folder)).toMatchObject([
    { id: 'Test/Auth', name: 'Test-Auth', region: 'eu-west-1', accountId: '111122223333' },
  ]);
});

test('a nested stack gets its parameters from its parent, and gives it outputs', () => {
  const nested = anOtp();
  const folder = anAssembly({
    App: {
      Resources: {
        Uploads: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'uploads' } },
        AuthNestedStackResource: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { Parameters: { Bucket: { Ref: 'Uploads' } } },
          Metadata: { 'aws:asset:path': 'auth.json' },
        },
      },
    },
  });
  const files = aFolder({
    'auth.json': {
      ...nested,
      Parameters: { Bucket: { Type: 'String' } },
      Resources: { ...nested.Resources, Define: aFunction({ BUCKET: { Ref: 'Bucket' } }) },
    },
  });
  const stacks = stacksIn(folder);
  expect(stacks).toHaveLength(1); // The nested template is not on this machine.

  const app = load(
    anAssembly({
      App: JSON.parse(
        JSON.stringify(stacks[0]?.template).replace(
          'auth.json',
          join('..', files.split('/').at(-1) ?? '', 'auth.json'),
        ),
      ),
    }),
  );

  expect(app.otps).toMatchObject([{ id: 'EmailOtp', outputs: { TableName: 'App-Auth-Table' } }]);
  const [define] = functionsOf(app.template);
  expect(define?.environment).toEqual({ BUCKET: 'uploads' });
});

test('a template by itself has the zips beside it, and no bucket is asked for', () => {
  const { Resources, Outputs } = anOtp('');
  const Code = {
    S3Bucket: { Ref: 'CodeBucket' },
    S3Key: { 'Fn::Join': ['', [{ Ref: 'Prefix' }, 'define-0a.zip']] },
  };
  const folder = aFolder({
    'define-0a.zip': 'a zip',
    'template.json': {
      Parameters: {
        CodeBucket: { Type: 'String' },
        Prefix: { Type: 'String', Default: 'otp/' },
        Digits: { Type: 'Number' },
      },
      Resources: { ...Resources, Define: aFunction({ DIGITS: { Ref: 'Digits' } }, { Code }) },
      Outputs,
    },
  });
  const file = join(folder, 'template.json');

  const [define] = functionsOf(load(file, { Digits: '8' }).template);

  expect(define).toMatchObject({
    codeFolder: join(file, 'unpacked', 'define-0a'),
    environment: { DIGITS: '8' },
  });
  expect(() => load(file)).toThrow(
    expect.objectContaining({
      message:
        'The stack template has the parameter Digits, which has no default. Give it: --parameter Digits=<value>',
      exit: EXIT.usage,
    }),
  );
});

test('a copy of a template finds the code that the CDK wrote beside it', () => {
  const { Resources, Outputs } = anOtp('');
  const hash = 'a1b2'.repeat(16);
  const Code = { S3Bucket: 'assets', S3Key: `${hash}.zip` };
  const folder = aFolder({
    [`asset.${hash}/index.js`]: 'exports.handler = async () => {};',
    'copy.json': { Resources: { ...Resources, Define: aFunction({}, { Code }) }, Outputs },
  });

  const [define] = functionsOf(load(join(folder, 'copy.json')).template);

  expect(define?.codeFolder).toBe(join(folder, `asset.${hash}`));
});

test('a zip that is missing is asked for by its path', () => {
  const { Resources, Outputs } = anOtp('');
  const folder = aFolder({
    'template.json': {
      Resources: { ...Resources, Define: aFunction({}, { Code: { S3Key: 'define.zip' } }) },
      Outputs,
    },
  });

  expect(() => load(join(folder, 'template.json'))).toThrow(
    `has its code in ${join(folder, 'define.zip')}, which is not there`,
  );
});

test.each([
  ['nothing', 'nowhere', /nowhere does not exist\. Give the folder/],
  ['a folder without an app', '.', /has no manifest\.json, so no app was synthesized there/],
  ['YAML', 'template.yaml', /is not a JSON object\. The local system reads templates as JSON/],
  ['JSON of something else', 'other.json', /is no CloudFormation template: it has no Resources/],
])('%s is refused, saying what to give', (_, name, words) => {
  const folder = aFolder({ 'template.yaml': 'Resources:\n', 'other.json': {} });

  expect(() => stacksIn(join(folder, name))).toThrow(
    expect.objectContaining({ message: expect.stringMatching(words) }),
  );
});
