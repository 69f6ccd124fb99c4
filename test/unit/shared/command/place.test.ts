import { expect, test } from 'vitest';
import { baseFolder, callOf, PLACE, VERSION } from '../../../../shared/command/place.ts';

test('where the build of the package has defined nothing, commands run in the repository', () => {
  expect(PLACE).toBe('repository');
  expect(VERSION).toBeUndefined();
});

test.each([
  ['audit', '--user alice@example.com', 'npm run audit -- --user alice@example.com'],
  ['rotate-key', '', 'npm run rotate-key'],
  ['start', '--help', 'npm start -- --help'],
])('in the repository, %s is called by npm', (name, options, call) => {
  expect(callOf(name, options, 'repository')).toBe(call);
});

test.each([
  ['audit', '--user alice@example.com', 'npx cognito-email-otp audit --user alice@example.com'],
  ['rotate-key', '', 'npx cognito-email-otp rotate-key'],
])('in the package, %s is called by npx, without the two hyphens', (name, options, call) => {
  expect(callOf(name, options, 'package')).toBe(call);
});

test('relative paths start from the root in the repository, and from the current folder in an app', () => {
  expect(baseFolder('/repository', 'repository')).toBe('/repository');
  expect(baseFolder('/app/node_modules/package', 'package')).toBe(process.cwd());
});
