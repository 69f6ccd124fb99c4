/** One fault as its switch has it: on or off, and the number that is typed. */
import type { FaultChange, LocalAnswers } from '../../api/types.ts';

export type FaultSwitch = LocalAnswers['fault-table.json'][number];
export type FaultSettings = LocalAnswers['faults.json'];
type FaultNumber = NonNullable<FaultSwitch['number']>;

export const offValue = ({ number }: FaultSwitch): number | boolean => number?.off ?? false;

/** What switches all of them off. */
export const allOff = (table: readonly FaultSwitch[]): FaultChange =>
  Object.fromEntries(table.map((fault) => [fault.name, offValue(fault)]));

export const isOn = (fault: FaultSwitch, faults: FaultSettings): boolean =>
  faults[fault.name] !== offValue(fault);

/** The lowest number that makes something go wrong, where the numbers begin with the one that does not. */
export const lowestOn = ({ min, off }: FaultNumber): number => (min === off ? min + 1 : min);

/** The number that was typed, or a sentence on what may be typed. */
export const readNumber = (
  number: FaultNumber,
  typed: string,
): { readonly value: number } | { readonly problem: string } => {
  const [value, lowest] = [Number(typed), lowestOn(number)];
  return typed.trim() !== '' && Number.isInteger(value) && value >= lowest && value <= number.max
    ? { value }
    : { problem: `${number.label}: a whole number from ${lowest} to ${number.max}.` };
};
