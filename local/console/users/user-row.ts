/** Shows one user in the list. */
import { type Child, h } from '../../../web/kit/element.ts';
import { sentenceElement, timeElement } from '../frame/zone.ts';
import { withOtp } from '../otp-links-view.ts';
import type { ListedUser } from './cognito-users.ts';
import { badgesOf, type UserBadge, type UserStanding } from './user-words.ts';

export interface UserActions {
  setPassword(user: ListedUser): void;
  setEnabled(user: ListedUser, enabled: boolean): void;
  setLocale(user: ListedUser): void;
  unlock(user: ListedUser, standing: UserStanding): void;
  remove(user: ListedUser): void;
}

export interface ShownUser {
  readonly user: ListedUser;
  readonly standing: UserStanding | undefined;
}

const badge = ({ tone, text }: UserBadge): HTMLElement =>
  h('span', { class: 'badge', 'data-tone': tone }, text);

/** Only somebody who is kept from signing in can be unlocked. */
const isKeptOut = ({ lock, isLimited }: UserStanding): boolean => lock !== undefined || isLimited;

const facts = ({ user, standing }: ShownUser): readonly Child[] => [
  standing?.words === undefined
    ? undefined
    : h('p', { class: 'small standing' }, sentenceElement(`${standing.words}.`)),
  h(
    'p',
    { class: 'quiet small' },
    'Created ',
    timeElement(user.createdAt, 'dateTime'),
    user.locale === '' ? ' · no locale' : ` · locale ${user.locale}`,
  ),
  h(
    'p',
    { class: 'small' },
    h(
      'a',
      { 'data-action': 'trail', href: withOtp(`audit?user=${encodeURIComponent(user.sub)}`) },
      'Trail',
      h('span', { class: 'hidden-text' }, ` of ${user.email}`),
    ),
  ),
];

/** `name` ends with the user's address for those who hear the list of buttons. */
const action = (name: string, label: string, after: string, act: () => void): HTMLElement =>
  h(
    'button',
    { type: 'button', 'data-action': name, onclick: act },
    label,
    h('span', { class: 'hidden-text' }, after),
  );

export const userRow = (
  shown: ShownUser,
  demoUser: string | undefined,
  actions: UserActions,
): HTMLElement => {
  const { user, standing } = shown;
  const { email, enabled } = user;
  return h(
    'li',
    { class: 'user', 'data-username': user.username },
    h(
      'div',
      { class: 'tight' },
      h('h3', {}, email),
      h('div', { class: 'row' }, ...badgesOf(user, demoUser, standing).map(badge)),
      ...facts(shown),
    ),
    h(
      'div',
      { class: 'row user-actions' },
      standing !== undefined && isKeptOut(standing)
        ? action('unlock', 'Unlock', ` ${email}`, () => actions.unlock(user, standing))
        : undefined,
      action('password', 'Set password', ` of ${email}`, () => actions.setPassword(user)),
      action('locale', 'Set locale', ` of ${email}`, () => actions.setLocale(user)),
      action('enabled', enabled ? 'Disable' : 'Enable', ` ${email}`, () =>
        actions.setEnabled(user, !enabled),
      ),
      action('remove', 'Delete', ` ${email}`, () => actions.remove(user)),
    ),
  );
};
