/** The audit trail page: the newest challenges as they come and change, each with its timeline. */
import { type Challenge, isChallengeId } from '../../../shared/domain/challenge.ts';
import { count } from '../../../shared/words/times.ts';
import { announce } from '../../../web/kit/announce.ts';
import { byId } from '../../../web/kit/element.ts';
import { createKeyedList } from '../../../web/kit/keyed-list.ts';
import { askLocal } from '../ask-local.ts';
import { onZoneChange } from '../frame/zone.ts';
import { keepLive } from '../live.ts';
import { chosenOtp, showOtpLinks, withOtp } from '../otp-links-view.ts';
import { createCognitoUsers } from '../users/cognito-users.ts';
import { challengeCard, type ShownChallenge } from './challenge-card.ts';
import { type Filter, fits, readFilter, type Whose, whoseOf, writeFilter } from './challenge-filter.ts';

/** How many challenges the page shows, and among how many it searches if there is a filter. */
const SHOWN = 50;
const SEARCHED = 500;

const userField = byId<HTMLInputElement>('user');
const searchField = byId<HTMLInputElement>('search');
const showField = byId<HTMLSelectElement>('show');

let filter: Filter = readFilter(location.search);
/** The user that the filter names; looked up once for each filter. */
let whose: Promise<Whose> | undefined;
/** Returns the challenge id in the page's address, or '' if there is none. */
const addressed = (): string => {
  const id = location.hash.slice(1);
  return isChallengeId(id) ? id : '';
};
/** The same id, until its card has been opened; then ''. */
let linked = addressed();
/** Open challenges. They stay in the list until the filter changes, even if they no longer match it. */
const opened = new Set<string>();

const listUsers = async () => {
  const { userPoolId } = await askLocal('config.json', chosenOtp);
  return createCognitoUsers(userPoolId).list();
};

/** Returns the newest challenges, newest first, and the linked one even if it is older. */
const readChallenges = async (whom: Whose): Promise<readonly Challenge[]> => {
  if (whom.kind === 'nobody') return [];
  const limit = String(filter.show === '' && filter.search === '' ? SHOWN : SEARCHED);
  const newest = await askLocal('challenges.json', {
    limit,
    ...chosenOtp,
    ...(whom.kind === 'user' && { user: whom.userId }),
  });
  const fitting = newest
    .filter((challenge) => fits(challenge, filter) || opened.has(challenge.challengeId))
    .slice(0, SHOWN);
  const id = addressed();
  if (id === '' || fitting.some(({ challengeId }) => challengeId === id)) return fitting;
  return [...fitting, ...(await askLocal('challenges.json', { id, ...chosenOtp }))].toSorted((a, b) =>
    a.challengeId < b.challengeId ? 1 : -1,
  );
};

/** A link from a mail or an execution does not say which `EmailOtp` has the challenge: goes to the one that has it. */
const goToOwner = async (id: string): Promise<void> => {
  for (const { id: otp } of await askLocal('otps.json')) {
    const found = await askLocal('challenges.json', { id, otp });
    if (found.length > 0) return location.replace(`audit?${new URLSearchParams({ otp })}#${id}`);
  }
};

const rememberOpen = (challengeId: string, open: boolean): void => {
  if (open) {
    opened.add(challengeId);
    history.replaceState(null, '', `#${challengeId}`);
  } else {
    opened.delete(challengeId);
    if (addressed() === challengeId) history.replaceState(null, '', withOtp(`audit${writeFilter(filter)}`));
  }
};

const showList = createKeyedList<ShownChallenge>(
  byId('challenges'),
  ({ challenge }) => challenge.challengeId,
  (shown) => challengeCard(shown, rememberOpen),
);

const openLinked = (): void => {
  const details = document.querySelector<HTMLDetailsElement>(`[data-id="${CSS.escape(linked)}"] details`);
  if (linked === '' || details === null) return;
  linked = '';
  details.open = true;
  details.querySelector('summary')?.focus();
  details.parentElement?.scrollIntoView();
};

const describe = (whom: Whose, found: number): void => {
  const isUnfiltered = writeFilter(filter) === '';
  if (whom.kind === 'nobody') announce('message', 'bad', 'Nobody in the user pool has this address.');
  else if (linked !== '') announce('message', 'bad', 'The challenge of this link is not in the trail.');
  else
    announce('message', 'plain', `${count(found, 'challenge', 'challenges')}${isUnfiltered ? '' : ' found'}`);
  if (whom.kind === 'nobody') userField.setAttribute('aria-invalid', 'true');
  else userField.removeAttribute('aria-invalid');
  byId('empty').hidden = found > 0 || !isUnfiltered;
  byId('none-fits').hidden = found > 0 || isUnfiltered;
};

const show = async (): Promise<void> => {
  whose ??= whoseOf(filter.user, listUsers);
  const whom = await whose.catch((error) => {
    whose = undefined;
    throw error;
  });
  const [challenges, { now }] = await Promise.all([readChallenges(whom), askLocal('clock.json')]);
  showList(challenges.map((challenge) => ({ challenge, now })));
  openLinked();
  describe(whom, challenges.length);
  if (linked !== '' && chosenOtp.otp === undefined) await goToOwner(linked);
};

userField.value = filter.user;
showField.value = filter.show;
searchField.value = filter.search;
const refresh = keepLive(['challenge', 'faults'], show);
onZoneChange(() => void refresh());
void showOtpLinks('audit');

const change = (changed: Filter): void => {
  filter = changed;
  whose = undefined;
  linked = '';
  opened.clear();
  history.replaceState(null, '', withOtp(`audit${writeFilter(filter)}`));
  void refresh();
};
const readForm = (): Filter => ({
  user: userField.value.trim(),
  show: showField.value,
  search: searchField.value.trim(),
});

byId('filter').addEventListener('submit', (event) => {
  event.preventDefault();
  change(readForm());
});
showField.addEventListener('change', () => change(readForm()));
byId('filter').addEventListener('reset', () => change({ user: '', show: '', search: '' }));
addEventListener('hashchange', () => {
  linked = addressed();
  void refresh();
});
