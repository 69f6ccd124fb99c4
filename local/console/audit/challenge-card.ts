/** Shows one challenge on the audit trail page: its standing, and its timeline once somebody opens it. */
import type { Challenge } from '../../../shared/domain/challenge.ts';
import { requestedAt, standingOf, timelineOf } from '../../../shared/words/timeline.ts';
import { count } from '../../../shared/words/times.ts';
import { h, setText } from '../../../web/kit/element.ts';
import { createKeyedList, type KeyedRow } from '../../../web/kit/keyed-list.ts';
import { shownZone, timeElement } from '../frame/zone.ts';
import { sentenceIn, timeIn } from '../frame/zone-times.ts';
import { withOtp } from '../otp-links-view.ts';
import { type ChallengeBadge, problemsOf, stateOf } from './challenge-words.ts';
import { groupSteps, itemKey, type TimelineItem } from './timeline-groups.ts';
import { timelineRow } from './timeline-row.ts';

export interface ShownChallenge {
  readonly challenge: Challenge;
  /** Epoch milliseconds of the local system's clock. */
  readonly now: number;
}

const badge = ({ tone, text }: ChallengeBadge): HTMLElement =>
  h('span', { class: 'badge', 'data-tone': tone }, text);

/** The page about all challenges of a user. */
const ofUser = (userId: string): string => withOtp(`audit?user=${encodeURIComponent(userId)}`);

/** Shows the ids and times. The hash of the address comes later than the others, with the first mail. */
const facts = ({ challengeId, userId, expiresAt }: Challenge): KeyedRow<Challenge> => {
  const hash = h('span');
  const pairs = [
    ['Challenge', challengeId],
    ['User', h('a', { href: ofUser(userId) }, userId)],
    ['Recipient’s hash', hash],
    ['Expires', timeElement(expiresAt, 'dateTime')],
  ] as const;
  return {
    element: h(
      'dl',
      { class: 'pairs small' },
      ...pairs.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
    ),
    update: ({ addressHash = 'none: made by an earlier release' }) => setText(hash, addressHash),
  };
};

/** Makes the timeline when it is first opened; otherwise a page would have hundreds of steps that nobody reads. */
const createTrail = (challenge: Challenge): KeyedRow<Challenge> => {
  const start = requestedAt(challenge);
  const top = facts(challenge);
  const steps = h('ol', { class: 'trail' });
  const showItems = createKeyedList<TimelineItem>(steps, itemKey, (item) => timelineRow(item, start));
  return {
    element: h('div', { class: 'stack' }, top.element, steps),
    update: (changed) => {
      top.update(changed);
      showItems(groupSteps(timelineOf(changed)));
    },
  };
};

/** The sentence with its times in the chosen zone. */
const standingIn = (challenge: Challenge, now: number): string => {
  const zone = shownZone();
  return sentenceIn(
    standingOf(challenge, now, (at) => timeIn(at, 'clock', zone)),
    zone,
  );
};

/** Calls `onToggle` when the card is opened or closed. */
export const challengeCard = (
  first: ShownChallenge,
  onToggle: (challengeId: string, open: boolean) => void,
): KeyedRow<ShownChallenge> => {
  let { challenge } = first;
  const { challengeId, recipient, userId } = challenge;
  const titleId = `challenge-${challengeId}`;
  const asked = () => timeElement(requestedAt(challenge), 'dateTime');
  // The permanent link: it leads to this challenge whatever the filter is.
  const link = h('a', { href: `${withOtp('audit')}#${challengeId}` }, asked());
  const badges = h('div', { class: 'row' });
  const standing = h('p', { class: 'standing to' });
  const steps = h('span', { class: 'quiet' });
  let trail: KeyedRow<Challenge> | undefined;

  const details = h(
    'details',
    {},
    h('summary', {}, 'Timeline ', h('span', { class: 'hidden-text' }, 'of ', asked(), ', '), steps),
  );
  const fill = () => {
    if (!details.open) return;
    if (trail === undefined) {
      trail = createTrail(challenge);
      details.append(trail.element);
    }
    trail.update(challenge);
  };
  details.addEventListener('toggle', () => {
    fill();
    onToggle(challengeId, details.open);
  });

  return {
    element: h(
      'article',
      { class: 'card challenge', 'aria-labelledby': titleId, 'data-id': challengeId },
      h(
        'div',
        { class: 'challenge-head' },
        h(
          'div',
          { class: 'tight' },
          h('h2', { id: titleId }, link),
          h(
            'p',
            { class: 'quiet small to' },
            'To ',
            h(
              'a',
              { href: ofUser(userId) },
              recipient,
              h('span', { class: 'hidden-text' }, ': all challenges of this user'),
            ),
          ),
        ),
        badges,
      ),
      standing,
      details,
    ),
    update: ({ challenge: changed, now }) => {
      challenge = changed;
      badges.replaceChildren(...[stateOf(changed, now), ...problemsOf(changed)].map(badge));
      setText(standing, standingIn(changed, now));
      setText(steps, `(${count(Object.keys(changed.events).length, 'step', 'steps')})`);
      fill();
    },
  };
};
