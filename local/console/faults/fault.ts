/** One fault as its switch has it: on or off, and the number that is typed. */
import type { FaultChange, LocalAnswers } from '../../api/types.ts';

export type Fault = LocalAnswers['fault-table.json'][number];
export type Faults = LocalAnswers['faults.json'];
type FaultNumber = NonNullable<Fault['number']>;

export const offValue = ({ number }: Fault): number | boolean => number?.off ?? false;

/** What switches all of them off. */
export const allOff = (table: readonly Fault[]): FaultChange =>
  Object.fromEntries(table.map((fault) => [fault.name, offValue(fault)]));

export const isOn = (fault: Fault, faults: Faults): boolean => faults[fault.name] !== offValue(fault);

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
