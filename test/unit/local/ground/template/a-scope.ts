import { NO_VALUE, type Scope } from '../../../../../local/ground/template/intrinsics.ts';
import type { PhysicalNames } from '../../../../../local/ground/template/physical-names.ts';

const PSEUDO: Readonly<Record<string, unknown>> = {
  'AWS::Region': 'us-east-1',
  'AWS::Partition': 'aws',
  'AWS::NoValue': NO_VALUE,
};

const needed = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`There is no ${what}`);
  return value;
};

/** A stack that has these resources, the condition `IsLive`, which holds, and a mapping of sizes. */
export const aScope = (names: Readonly<Record<string, PhysicalNames>>): Scope => ({
  reference: (name) => PSEUDO[name] ?? needed(names[name]?.ref, name),
  attribute: (id, name) => needed(names[id]?.attributes[name], `${id}.${name}`),
  condition: (name) => name === 'IsLive',
  mapping: (...path) => (path.join(' ') === 'Sizes us small' ? 'S' : undefined),
  keysOf: (map, key) => (map !== 'Sizes' ? [] : key === undefined ? ['us'] : key === 'us' ? ['small'] : []),
  importValue: (exported) => `imported ${exported}`,
  zones: () => ['us-east-1a', 'us-east-1b'],
});
