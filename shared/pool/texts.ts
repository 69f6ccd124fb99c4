/** Sentences about what was found. */
import type { ChangeTarget, Left } from './changes.ts';
import type { Difference } from './compare.ts';

const LONGEST = 80;

const whose = (at: ChangeTarget): string => (at === 'pool' ? 'of the pool' : `of the client ${at.clientId}`);

const say = (value: unknown): string => {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};

export const differenceText = ({ at, property, expected, found }: Difference): string => {
  if (property === 'client' && at !== 'pool') {
    return `The client ${at.clientId} is ${expected === undefined ? 'new' : 'gone'}.`;
  }
  const isPrivate = expected === undefined && found === undefined;
  if (property === 'LastModifiedDate' || isPrivate) return `${property} ${whose(at)} was changed.`;
  return `${property} ${whose(at)} is ${say(found)}, not ${say(expected)}.`;
};

export const leftText = ({ at, property }: Left): string =>
  `${property} ${whose(at)} was changed by somebody else, and stays as it is.`;
