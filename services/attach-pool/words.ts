/** What CloudFormation shows of an attaching that failed: which pool, what is in the way, and what to do. */
import { withoutAddresses } from '../../shared/domain/redact.ts';
import type { Difference } from '../../shared/pool/compare.ts';
import type { Plan } from '../../shared/pool/plan.ts';

/** Bytes; CloudFormation takes little more. */
const MAX_TEXT = 950;

interface Refused {
  readonly refusals: readonly string[];
  readonly plan?: Plan;
}

const fits = (text: string): boolean => Buffer.byteLength(text) <= MAX_TEXT;

/** The names of what is open, as many as fit. */
const shortened = (beginning: string, { refusals, plan }: Refused): string => {
  const doors = plan?.doors.filter(({ fate, blocks }) => fate === 'open' && blocks) ?? [];
  const names = doors.map(({ id, at }) =>
    at === 'pool' || at.clientName === id ? id : `${at.clientName} (${id})`,
  );
  const end = ' attach --plan says what each of them means and what to do.';
  let shown = names;
  const text = () => {
    const more = names.length - shown.length;
    return `${beginning} ${refusals.length} things are in the way: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}.${end}`;
  };
  while (!fits(text())) shown = shown.slice(0, -1);
  return text();
};

export const whyRefused = (poolId: string, refused: Refused): string => {
  const beginning = `The user pool ${poolId} is left as it is.`;
  const whole = [beginning, ...refused.refusals].join(' ');
  return withoutAddresses(fits(whole) ? whole : shortened(beginning, refused));
};

/** The values may be messages and addresses of the pool, so only the names are shown. */
const nameOf = ({ at, property }: Difference): string =>
  at === 'pool' ? property : [`client ${at.clientId}`, property].filter((part) => part !== '').join(' ');

const MEANINGS = {
  changedMeanwhile: 'Somebody else changes the user pool at the same time, in',
  differs: 'The user pool was written, but is not as it should be now, in',
} as const;

export const whyDiffers = (
  poolId: string,
  {
    kind,
    differences,
  }: { readonly kind: keyof typeof MEANINGS; readonly differences: readonly Difference[] },
): string => {
  const names = differences.map(nameOf);
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
  return withoutAddresses(`${MEANINGS[kind]} ${shown}: ${poolId}. Deploy again once nobody else changes it.`);
};
