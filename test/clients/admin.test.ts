import { join } from 'node:path';
import { inject } from 'vitest';
import { describeAdmin } from './support/admin/describe-admin.ts';
import { startBoto3Server, startCliServer, startSdkServer } from './support/admin/servers.ts';
import { named } from './support/versions.ts';

const tools = inject('pythonTools');

describeAdmin(`${named('@aws-sdk/client-cognito-identity-provider')}, as a server`, true, startSdkServer);

describeAdmin(`AWS CLI (${named('awscli')}), as a server`, tools !== '', (url) =>
  startCliServer(join(tools, 'aws'), url),
);

describeAdmin(`${named('boto3')}, as a server`, tools !== '', (url) =>
  startBoto3Server(join(tools, 'python3'), url),
);
