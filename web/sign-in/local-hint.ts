/** The hint below the sign-in, on the local system only: it shows the demo user and links to the inbox. */
import { byId, setText } from '../kit/element.ts';
import type { PoolConfig } from './pool-config.ts';

export const showLocalHint = ({ endpoint, demoUser }: PoolConfig): void => {
  byId('local-hint').hidden = endpoint === undefined;
  if (demoUser === undefined) return;
  setText(byId('demo-name'), demoUser.username);
  setText(byId('demo-password'), demoUser.password);
  byId('demo-line').hidden = false;
  const button = byId('use-demo');
  button.hidden = false;
  button.addEventListener('click', () => {
    byId<HTMLInputElement>('email').value = demoUser.username;
    byId<HTMLInputElement>('password').value = demoUser.password;
    byId('start-submit').focus();
  });
};

/** Shows or hides the demo user, which helps only before the password is given. */
export const offerDemoUser = (offered: boolean): void => {
  const known = byId('demo-name').textContent !== '';
  byId('use-demo').hidden = !offered || !known;
  byId('demo-line').hidden = !offered || !known;
};
