/** Says in a line what of an app is not run, and all of it in a file. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LeftAlone } from './left-alone.ts';

const FILE = 'left-alone.txt';
const SHOWN_NAMES = 6;
const SHOWN_TYPES = 6;

/** Functions and what has to do with user pools by name; of the others how many there are of each type, most first. */
export const describeLeftAlone = (leftAlone: readonly LeftAlone[]): string => {
  const named = leftAlone.filter(({ isNotable }) => isNotable).slice(0, SHOWN_NAMES);
  const counts = new Map<string, number>();
  for (const one of leftAlone.filter((candidate) => !named.includes(candidate))) {
    counts.set(one.type, (counts.get(one.type) ?? 0) + 1);
  }
  const counted = [...counts].toSorted(([, one], [, other]) => other - one);
  const rest = counted.slice(SHOWN_TYPES).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...named.map(({ type, name }) => `${type.replace(/^AWS::/, '')} ${name}`),
    ...counted.slice(0, SHOWN_TYPES).map(([type, count]) => `${count} × ${type}`),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join(', ');
};

/** Writes the whole list into the folder of the local system. Returns the file, or undefined if nothing is left alone. */
export const writeLeftAlone = (folder: string, leftAlone: readonly LeftAlone[]): string | undefined => {
  const file = join(folder, FILE);
  if (leftAlone.length === 0) {
    rmSync(file, { force: true });
    return undefined;
  }
  const lines = leftAlone.map(({ stack, type, name }) => `${stack}\t${type}\t${name}\n`);
  writeFileSync(file, lines.join(''));
  return file;
};
