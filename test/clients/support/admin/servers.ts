/** Servers that administer a pool: by the AWS SDK, by the AWS CLI and by boto3. */
import { fileURLToPath } from 'node:url';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import type { JsonObject } from '../../../../local/ground/service.ts';
import { REGION } from '../../../../local/ground/template.ts';
import { clientSettings } from '../../../../local/system.ts';
import { run } from '../../../support/process/process.ts';
import { startPython } from '../../../support/process/python-process.ts';
import { ALONE } from '../alone.ts';
import type { RunningServer } from './describe-admin.ts';

const SCRIPT = fileURLToPath(new URL('../../apps/admin_app.py', import.meta.url));

/** The SDK throws Cognito's name already. */
export const startSdkServer = (url: string): RunningServer => {
  const client = new sdk.CognitoIdentityProviderClient({ ...clientSettings(url), maxAttempts: 1 });
  const commands = sdk as unknown as Readonly<Record<string, typeof sdk.AdminGetUserCommand>>;
  return {
    call: async (operation, input) => {
      const Command = commands[`${operation}Command`];
      if (Command === undefined) throw new Error(`The SDK has no ${operation}`);
      return (await client.send(new Command(input as never))) as unknown as JsonObject;
    },
    close: async () => client.destroy(),
  };
};

const failure = (name: string, text: string): Error => Object.assign(new Error(text), { name });

/** `aws` is the path of the CLI. */
export const startCliServer = (aws: string, url: string): RunningServer => ({
  call: async (operation, input) => {
    const command = operation.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
    const common = ['--endpoint-url', url, '--region', REGION, '--output', 'json'];
    const request = ['--cli-input-json', JSON.stringify(input)];
    const { code, output } = await run(aws, ['cognito-idp', command, ...common, ...request], {
      ...ALONE,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const [, name = 'Error'] = /An error occurred \((\w+)\)/.exec(output) ?? [];
    if (code !== 0) throw failure(name, output);
    return JSON.parse(output || '{}') as JsonObject;
  },
  close: async () => undefined,
});

export const startBoto3Server = (python: string, url: string): RunningServer => {
  const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const { ask, close } = startPython(python, [SCRIPT, url, REGION], { ...ALONE, ...keys });
  return {
    call: async (operation, input) => {
      const reply = (await ask([operation, input])) as
        | readonly ['result', JsonObject]
        | readonly ['error', string, string];
      if (reply[0] === 'error') throw failure(reply[1], reply[2]);
      return reply[1];
    },
    close,
  };
};
