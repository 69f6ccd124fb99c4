/** The option --sub of the commands that are about one user. */
import type { UsageError } from '../sign-in/options.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** As Cognito writes it. Throws what `usage` makes of the problem, to which `advice` says where else to look. */
export const readSub = (text: string, usage: (problem: string) => UsageError, advice: string): string => {
  const sub = text.toLowerCase();
  if (UUID.test(sub)) return sub;
  throw usage(`--sub looks like 0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11; for an email address ${advice}`);
};
