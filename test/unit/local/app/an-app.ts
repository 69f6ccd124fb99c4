/** Small apps for tests of how they are read: templates in a folder, as `cdk synth` writes them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { foreignApp } from '../../../../local/app/app.ts';
import { readApp } from '../../../../local/app/app-files.ts';
import type { RawStack } from '../../../../local/ground/template/raw-stack.ts';

export const ENDPOINT = 'http://127.0.0.1:4566';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** A function with its code in the template. */
export const aFunction = (variables: object = {}, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async (event) => event;' },
    Environment: { Variables: variables },
    ...more,
  },
});

/** The parts by which an `EmailOtp` is found, and those that work for it. */
export const anOtp = (prefix = 'EmailOtp', more: object = {}) => ({
  Resources: {
    Pool: {
      Type: 'AWS::Cognito::UserPool',
      Properties: { LambdaConfig: { DefineAuthChallenge: arnOf('Define') } },
    },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
    Define: aFunction(),
    Sweep: aFunction({ TABLE_NAME: { Ref: 'Table' } }),
    EachMinute: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: '0', Arn: arnOf('Sweep') }] },
    },
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} },
    Keyring: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    Deliver: aFunction({ EMAIL_SENDER: 'Shop <codes@example.com>' }),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineType: 'EXPRESS',
        DefinitionString: { 'Fn::Join': ['', ['to ', arnOf('Deliver')]] },
      },
    },
    ...more,
  } as Readonly<Record<string, object>>,
  Outputs: {
    [`${prefix}UserPoolId`]: { Value: { Ref: 'Pool' } },
    [`${prefix}TableName`]: { Value: { Ref: 'Table' } },
    [`${prefix}StateMachineArn`]: { Value: { Ref: 'Machine' } },
    [`${prefix}KeyringSecretArn`]: { Value: { Ref: 'Keyring' } },
  } as Readonly<Record<string, object>>,
});

/** Writes the files, each as JSON unless it is a text, and returns their folder. */
export const aFolder = (files: Readonly<Record<string, unknown>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'app-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
};

const environmentOf = (region: string) => `aws://unknown-account/${region}`;

/** A cloud assembly with these stacks, each in a region of its own or in none. */
export const anAssembly = (
  stacks: Readonly<Record<string, object>>,
  regions: Readonly<Record<string, string>> = {},
): string =>
  aFolder({
    'manifest.json': {
      artifacts: Object.fromEntries(
        Object.keys(stacks).map((name) => [
          name,
          {
            type: 'aws:cloudformation:stack',
            environment: environmentOf(regions[name] ?? 'unknown-region'),
            properties: { templateFile: `${name}.template.json` },
          },
        ]),
      ),
    },
    ...Object.fromEntries(
      Object.entries(stacks).map(([name, template]) => [`${name}.template.json`, template]),
    ),
  });

export const stacksIn = (
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): readonly RawStack[] => readApp(path, { unpacked: join(path, 'unpacked'), parameters });

/** What is run of the app with these stacks. */
export const run = (stacks: Readonly<Record<string, object>>, wanted?: string) =>
  foreignApp(stacksIn(anAssembly(stacks)), wanted)(ENDPOINT);
