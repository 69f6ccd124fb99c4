import { join } from 'node:path';
import { inject } from 'vitest';
import { createApp } from './apps/aws-cli.ts';
import { describeSessions } from './support/describe-sessions.ts';
import { startPythonApp } from './support/python-app.ts';
import { named } from './support/versions.ts';
import { startWebApp } from './support/web-app.ts';

// Which client can do with which app client. In a browser none keeps a secret; only aws-amplify and the AWS CLI call the operation
// that rotation wants.

const [tools, chromium] = [inject('pythonTools'), inject('chromium')];

describeSessions(`AWS CLI (${named('awscli')})`, tools !== '', { secret: true, rotation: true }, (pool) => ({
  ...createApp(join(tools, 'aws'), pool),
  close: async () => undefined,
}));

describeSessions(`${named('boto3')} with ${named('pycognito')}`, tools !== '', { secret: true }, (pool) =>
  startPythonApp(join(tools, 'python3'), pool),
);

describeSessions(`${named('aws-amplify')} in Chromium`, chromium !== '', { rotation: true }, (pool) =>
  startWebApp('amplify', chromium, pool),
);

describeSessions(`${named('amazon-cognito-identity-js')} in Chromium`, chromium !== '', {}, (pool) =>
  startWebApp('identity-js', chromium, pool),
);
