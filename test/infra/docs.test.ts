import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { SETTINGS } from '../../infra/settings/settings.ts';
import { LIMITS } from '../../shared/domain/limits.ts';
import { pages, resourcesTable, settingsTable } from '../../tools/docs.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the documentation', () => {
  test.each(Object.entries(pages()))(
    'has %s as the code makes it; npm run update-docs writes it',
    (path, text) => {
      expect(read(path)).toBe(text);
    },
  );

  it('names every setting with its values and its default', () => {
    const rows = settingsTable(SETTINGS).split('\n').slice(2);

    expect(rows).toHaveLength(Object.keys(SETTINGS).length);
    expect(rows.find((row) => row.startsWith('| `codeLength` |'))).toMatch(
      /\| 6–10 \| 6 \| \S.* \| RFC 4226/,
    );
    for (const row of rows) expect(row).toMatch(/^\| `\w+` \| \S.* \| \S.* \| \S.* \| .*\|$/);
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
});

describe('docs/limits.md', () => {
  const ABBREVIATED = { seconds: ' s', minutes: ' min' } as const;
  const rows = read('docs/limits.md').matchAll(/^\| [^|]+ \| `(\w+)` \| ([^|]+) \|/gm);
  const said = new Map(Array.from(rows, ([, name = '', range = '']) => [name, range]));

  test.each(Object.entries(SETTINGS).filter(([name]) => said.has(name)))(
    'says the default and the range of %s',
    (name, { values, default: fallback }) => {
      const [, range, unit] = /^(\d+–\d+)(?: (seconds|minutes))?$/.exec(values) ?? [];
      const abbreviated = unit === undefined ? '' : ABBREVIATED[unit as keyof typeof ABBREVIATED];

      expect(said.get(name)).toBe(`${fallback}${abbreviated} (${range})`);
    },
  );

  it('leaves out no limit that a user can meet', () => {
    const { codeLength, auditRetention, ...met } = LIMITS;

    expect(Object.keys(met).filter((name) => !said.has(name))).toEqual([]);
  });
});
