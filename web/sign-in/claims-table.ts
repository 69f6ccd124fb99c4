/** A token's claims as a table that a person can read. */
import { h } from '../kit/element.ts';
import { type ClaimRow, claimRows } from './claims.ts';

export const claimsTable = (caption: string, claims: Readonly<Record<string, unknown>>): HTMLElement => {
  const row = ({ name, meaning, value }: ClaimRow) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('span', {}, meaning), h('code', { class: 'claim-name' }, name)),
      h('td', {}, value),
    );
  return h(
    'table',
    {},
    h('caption', {}, caption),
    h('thead', { class: 'hidden-text' }, h('tr', {}, h('th', {}, 'Claim'), h('th', {}, 'Value'))),
    h('tbody', {}, ...claimRows(claims).map(row)),
  );
};
