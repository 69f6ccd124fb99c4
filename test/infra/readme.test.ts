import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../infra/settings/settings.ts';
import { currentReadme, README } from '../../tools/current-readme.ts';
import { putBetween, resourcesTable, settingsTable } from '../../tools/readme.ts';

describe('the README', () => {
  it('has the tables that the code makes; npm run update-readme writes them', () => {
    expect(readFileSync(README, 'utf8')).toBe(currentReadme());
  });

  it('names every setting with its values and its default', () => {
    const rows = settingsTable(SETTINGS).split('\n').slice(2);

    expect(rows).toHaveLength(Object.keys(SETTINGS).length);
    expect(rows.find((row) => row.startsWith('| `codeLength` |'))).toMatch(/\| 6–10 \| 6 \| \S/);
    for (const row of rows) expect(row).toMatch(/^\| `\w+` \| \S.* \| \S.* \| \S.* \|$/);
  });

  it('says which resources outlive the stack', () => {
    const table = resourcesTable({
      Resources: {
        A: { Type: 'AWS::DynamoDB::GlobalTable', DeletionPolicy: 'Retain' },
        B: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Delete' },
        C: { Type: 'AWS::SQS::Queue' },
        D: { Type: 'AWS::CDK::Metadata' },
      },
    });

    expect(table.split('\n').slice(2)).toEqual([
      '| `AWS::DynamoDB::GlobalTable` | 1 | kept |',
      '| `AWS::SQS::Queue` | 2 |  |',
    ]);
  });

  it('is not written without a place for a table', () => {
    expect(() => putBetween('no place', 'settings', 'table')).toThrow(/no place for settings/);
  });
});
