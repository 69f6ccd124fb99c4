/** Shows one user in the list. */

import { dateTime } from '../../../shared/words/times.ts';
import { h } from '../../../web/kit/element.ts';
import type { ListedUser } from './cognito-users.ts';
import { badgesOf, type UserBadge } from './user-words.ts';

export interface UserActions {
  setPassword(user: ListedUser): void;
  setEnabled(user: ListedUser, enabled: boolean): void;
}

const badge = ({ tone, text }: UserBadge): HTMLElement =>
  h('span', { class: 'badge', 'data-tone': tone }, text);

export const userRow = (user: ListedUser, demoUser: string, actions: UserActions): HTMLElement =>
  h(
    'li',
    { class: 'user', 'data-username': user.username },
    h(
      'div',
      { class: 'tight' },
      h('h3', {}, user.email),
      h('div', { class: 'row' }, ...badgesOf(user, demoUser).map(badge)),
      h('p', { class: 'quiet small' }, `Created ${dateTime(user.createdAt)}`),
      h(
        'p',
        { class: 'small' },
        h(
          'a',
          { 'data-action': 'trail', href: `audit?user=${encodeURIComponent(user.sub)}` },
          'Trail',
          h('span', { class: 'hidden-text' }, ` of ${user.email}`),
        ),
      ),
    ),
    h(
      'div',
      { class: 'row' },
      h(
        'button',
        { type: 'button', 'data-action': 'password', onclick: () => actions.setPassword(user) },
        'Set password',
        h('span', { class: 'hidden-text' }, ` of ${user.email}`),
      ),
      h(
        'button',
        { type: 'button', 'data-action': 'enabled', onclick: () => actions.setEnabled(user, !user.enabled) },
        user.enabled ? 'Disable' : 'Enable',
        h('span', { class: 'hidden-text' }, ` ${user.email}`),
      ),
    ),
  );
