/**
 * A cloud assembly whose pool has user names instead of addresses and requires a nickname, behind functions that want addresses
 * verified. Its client may write every attribute.
 */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly Environment?: { readonly Variables?: Record<string, unknown> };
    readonly Schema?: readonly object[];
    WriteAttributes?: readonly string[] | undefined;
  };
}

const NICKNAME = { Name: 'nickname', Required: true, Mutable: true };

const change = ({ Type, Properties = {} }: Resource): void => {
  if (Type === 'AWS::Cognito::UserPool') {
    Object.assign(Properties, { UsernameAttributes: [], Schema: [...(Properties.Schema ?? []), NICKNAME] });
  }
  if (Type === 'AWS::Cognito::UserPoolClient') delete Properties.WriteAttributes;
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
