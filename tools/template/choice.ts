/** What is chosen when a template is made, because a parameter comes too late for it. The template has it in its metadata. */
import { readFileSync } from 'node:fs';
import { readSettings, type Settings } from '../../infra/settings/settings.ts';
import { usageError } from '../../shared/command/failure.ts';
import type { PoolKind } from './parameters.ts';

/** The settings that decide which resources there are. */
export const STRUCTURAL = [
  'senderIdentity',
  'mail',
  'accountRecovery',
  'notices',
  'auditArchive',
  'archiveRetention',
  'reportLink',
  'tracing',
  'encryptionKey',
  'removalPolicy',
] as const satisfies readonly (keyof Settings)[];

export interface Choice {
  readonly pool: PoolKind;
  /** Settings of `STRUCTURAL` as texts; those that are not here have their defaults. */
  readonly given: Readonly<Record<string, string>>;
}

/** Where the template's metadata has the choice. */
export const CHOICE = 'EmailOtp';

export const isPoolKind = (value: unknown): value is PoolKind => value === 'own' || value === 'existing';

/** All settings, of which only those of `STRUCTURAL` mean anything. Throws `SettingsError`. */
export const structuralSettings = (given: Choice['given']): Settings =>
  readSettings({ emailSender: 'otp@example.com', ...given });

const parsed = (path: string): unknown => {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`${path} is not JSON`);
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isGiven = (value: unknown): value is Choice['given'] =>
  isRecord(value) && Object.values(value).every((text) => typeof text === 'string');

/** Reads the choice of a template that was made before. Throws `CommandError` if it has none. */
export const readChoice = (path: string): Choice => {
  const template = parsed(path);
  const metadata = isRecord(template) && isRecord(template.Metadata) ? template.Metadata[CHOICE] : undefined;
  if (!isRecord(metadata) || !isPoolKind(metadata.pool) || !isGiven(metadata.given)) {
    throw usageError(
      `${path} does not say in Metadata.${CHOICE} what was chosen for it: give --pool and -c as you did then`,
    );
  }
  return { pool: metadata.pool, given: metadata.given };
};
