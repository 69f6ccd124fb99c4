/** A cloud assembly whose pool has user names instead of addresses, behind functions that want addresses verified. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Resource {
  readonly Type: string;
  readonly Properties?: object & { readonly Environment?: { readonly Variables?: Record<string, unknown> } };
}

const change = ({ Type, Properties = {} }: Resource): void => {
  if (Type === 'AWS::Cognito::UserPool') Object.assign(Properties, { UsernameAttributes: [] });
  const { Variables = {} } = Properties.Environment ?? {};
  if ('REQUIRE_VERIFIED_EMAIL' in Variables) Variables.REQUIRE_VERIFIED_EMAIL = 'true';
};

/** Copies the assembly into a new folder, and changes it there. */
export const withNamedUsers = (templateFolder: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'named-users-'));
  cpSync(templateFolder, folder, { recursive: true });
  const file = join(folder, 'EmailOtp.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { readonly Resources: Record<string, Resource> };
  for (const resource of Object.values(template.Resources)) change(resource);
  writeFileSync(file, JSON.stringify(template));
  return folder;
};
