/** Shows the claims of the tokens as tables. */
import { byId, h } from '../../kit/element.ts';
import type { TokenClaims } from '../amplify.ts';
import { type ClaimRow, claimRows } from './claims.ts';

const claimsTable = (caption: string, claims: Readonly<Record<string, unknown>>): HTMLElement => {
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

export const showClaims = ({ id, access }: TokenClaims): void =>
  byId('claims').replaceChildren(
    claimsTable('What the ID token says', id),
    h(
      'details',
      {},
      h('summary', {}, 'Show the access token too'),
      claimsTable('What the access token says', access),
    ),
  );
