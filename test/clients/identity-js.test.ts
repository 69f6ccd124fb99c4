import { inject } from 'vitest';
import { describeClient } from './support/describe-client.ts';
import { named } from './support/versions.ts';
import { startWebApp } from './support/web-app.ts';

const chromium = inject('chromium');

describeClient(
  `${named('amazon-cognito-identity-js')} in Chromium, on another origin`,
  chromium !== '',
  (pool) => startWebApp('identity-js', chromium, pool),
);
