import { join } from 'node:path';
import { inject } from 'vitest';
import { describeClient } from './support/describe-client.ts';
import { startPythonApp } from './support/python-app.ts';
import { named } from './support/versions.ts';

const tools = inject('pythonTools');

describeClient(`${named('boto3')} with ${named('pycognito')}`, tools !== '', (pool) =>
  startPythonApp(join(tools, 'python3'), pool),
);
