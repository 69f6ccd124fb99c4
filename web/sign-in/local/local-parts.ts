/**
 * What only the local system shows: the demo user, the newest code and the way to the inbox before the sign-in, the tokens' claims after it. The page loads
 * this file as a separate chunk.
 */
import { byId, setText } from '../../kit/element.ts';
import type { TokenClaims } from '../amplify.ts';
import type { PoolConfig } from '../pool-config.ts';
import { showClaims } from './claims-table.ts';
import { showLocalNews } from './local-news.ts';

export interface LocalParts {
  /** Shows or hides the demo user, which helps only before the password is given. */
  offerDemoUser(offered: boolean): void;
  showClaims(claims: TokenClaims): void;
}

const showDemoUser = ({ username, password }: NonNullable<PoolConfig['demoUser']>): void => {
  setText(byId('demo-name'), username);
  setText(byId('demo-password'), password);
  byId('use-demo').addEventListener('click', () => {
    byId<HTMLInputElement>('email').value = username;
    byId<HTMLInputElement>('password').value = password;
    byId('start-submit').focus();
  });
};

export const createLocalParts = ({ demoUser }: PoolConfig): LocalParts => {
  byId('local-hint').hidden = false;
  if (demoUser !== undefined) showDemoUser(demoUser);
  const offerDemoUser = (offered: boolean) => {
    for (const id of ['demo-line', 'use-demo']) byId(id).hidden = !offered || demoUser === undefined;
  };
  offerDemoUser(true);
  showLocalNews(byId('local-hint'));
  return { offerDemoUser, showClaims };
};
