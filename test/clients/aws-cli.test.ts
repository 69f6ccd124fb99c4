import { join } from 'node:path';
import { inject } from 'vitest';
import { createApp } from './apps/aws-cli.ts';
import { describeClient } from './support/describe-client.ts';
import { named } from './support/versions.ts';

const tools = inject('pythonTools');

describeClient(`AWS CLI (${named('awscli')})`, tools !== '', (pool) => ({
  ...createApp(join(tools, 'aws'), pool),
  close: async () => undefined,
}));
