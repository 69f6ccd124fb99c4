/** Reads the switch and the number of a fault. */
import type { FaultChange, LocalAnswers } from '../../api/types.ts';

export type FaultSwitch = LocalAnswers['fault-table.json'][number];
export type FaultSettings = LocalAnswers['faults.json'];
type FaultNumber = NonNullable<FaultSwitch['number']>;

export const offValue = ({ number }: FaultSwitch): number | boolean => number?.off ?? false;

/** Returns the change that switches all faults off. */
export const allOff = (table: readonly FaultSwitch[]): FaultChange =>
  Object.fromEntries(table.map((fault) => [fault.name, offValue(fault)]));

export const isOn = (fault: FaultSwitch, faults: FaultSettings): boolean =>
  faults[fault.name] !== offValue(fault);

/** Returns the lowest number that makes something go wrong. `min` may be the number that does not. */
export const lowestOn = ({ min, off }: FaultNumber): number => (min === off ? min + 1 : min);

/** Returns the typed number, or a sentence that says which numbers are allowed. */
export const readNumber = (
  number: FaultNumber,
  typed: string,
): { readonly value: number } | { readonly problem: string } => {
  const [value, lowest] = [Number(typed), lowestOn(number)];
  return typed.trim() !== '' && Number.isInteger(value) && value >= lowest && value <= number.max
    ? { value }
    : { problem: `${number.label}: a whole number from ${lowest} to ${number.max}.` };
};
