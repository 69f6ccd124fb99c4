import { inject } from 'vitest';
import { describeClient } from './support/describe-client.ts';
import { named } from './support/versions.ts';
import { startWebApp } from './support/web-app.ts';

const chromium = inject('chromium');

describeClient(`${named('aws-amplify')} in Chromium, on another origin`, chromium !== '', (pool) =>
  startWebApp('amplify', chromium, pool),
);
