import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { forgetAwsEnvironment } from '../../../../shared/command/aws-environment.ts';

const forgotten = (environment: NodeJS.ProcessEnv) => {
  forgetAwsEnvironment(environment);
  return environment;
};

test.each([
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ACCESS_KEY_ID',
  'CDK_PROFILE',
  'HTTP_PROXY',
  'https_proxy',
  'ALL_PROXY',
])('%s is forgotten', (name) => {
  expect(forgotten({ [name]: 'true' })).not.toHaveProperty(name);
});

test.each(['PATH', 'HOME', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE', 'LAWS_OF_PHYSICS', 'npm_config_proxy'])(
  '%s stays',
  (name) => {
    expect(forgotten({ [name]: 'x' })).toHaveProperty(name, 'x');
  },
);

test('files of profiles and a machine’s role are not asked either', () => {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, AWS_EC2_METADATA_DISABLED } = forgotten({
    AWS_CONFIG_FILE: '/home/operator/config',
  });

  expect(AWS_CONFIG_FILE).toMatch(/null|nul$/i);
  expect(AWS_SHARED_CREDENTIALS_FILE).toBe(AWS_CONFIG_FILE);
  expect(AWS_EC2_METADATA_DISABLED).toBe('true');
});

test('a proxy that Node has taken up already is not used for any host', () => {
  expect(forgotten({ NO_PROXY: 'example.com' })).toMatchObject({ NO_PROXY: '*', no_proxy: '*' });
});

test('the tests themselves talk to local systems, whatever the developer’s terminal is set up for', async () => {
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:4566' });

  expect(process.env).toMatchObject({ NO_PROXY: '*', AWS_EC2_METADATA_DISABLED: 'true' });
  expect(await client.config.useFipsEndpoint()).toBe(false);
});
