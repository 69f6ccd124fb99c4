import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Filter,
  fits,
  readFilter,
  whoseOf,
  writeFilter,
} from '../../../../../local/console/audit/challenge-filter.ts';
import type { ListedUser } from '../../../../../local/console/users/cognito-users.ts';
import { aChallenge, aFact, USER_ID } from '../../../../support/table/challenges.ts';

describe('the filter in the page’s address', () => {
  it('is read as it was written', () => {
    const filters: fc.Arbitrary<Filter> = fc.record({
      user: fc.string(),
      show: fc.string(),
      search: fc.string(),
    });

    fc.assert(
      fc.property(filters, (filter) => {
        expect(readFilter(writeFilter(filter))).toEqual(filter);
      }),
    );
  });

  it('takes no place where nothing is left out', () => {
    expect(writeFilter(readFilter(''))).toBe('');
    expect(writeFilter({ user: 'a b@example.com', show: '', search: '' })).toBe('?user=a+b%40example.com');
  });
});

describe('a challenge', () => {
  const bounced = aChallenge({
    outcome: 'EXPIRED',
    events: { '1#REQUESTED': aFact(), '1#SENT': aFact(), '1#BOUNCED': aFact() },
  });

  it.each(['', 'EXPIRED', 'BOUNCED', 'PROBLEM'])('that expired and bounced fits "%s"', (show) => {
    expect(fits(bounced, { show, search: '' })).toBe(true);
  });

  it.each(['OPEN', 'VERIFIED', 'DELAYED', 'NONSENSE'])(
    'that expired and bounced does not fit "%s"',
    (show) => {
      expect(fits(bounced, { show, search: '' })).toBe(false);
    },
  );

  it('fits words that are anywhere in it, whatever their case, if it has all of them', () => {
    const search = (words: string) => fits(bounced, { show: '', search: words });

    expect(search(bounced.challengeId)).toBe(true);
    expect(search('bounced EXPIRED')).toBe(true);
    expect(search('bounced verified')).toBe(false);
  });

  it('without an outcome or a problem is open, and no problem', () => {
    expect(fits(aChallenge(), { show: 'OPEN', search: '' })).toBe(true);
    expect(fits(aChallenge(), { show: 'PROBLEM', search: '' })).toBe(false);
  });
});

describe('the user of a filter', () => {
  const user: ListedUser = {
    username: 'some-name',
    sub: USER_ID,
    email: 'alice@example.com',
    status: 'CONFIRMED',
    enabled: true,
    locale: '',
    createdAt: 0,
  };
  const listUsers = async () => [user];
  const unneeded = () => Promise.reject(new Error('The pool was asked'));

  it('is everybody where nobody is named', async () => {
    expect(await whoseOf('  ', unneeded)).toEqual({ kind: 'everybody' });
  });

  it('is the one with the address, whatever its case', async () => {
    expect(await whoseOf(' Alice@Example.com ', listUsers)).toEqual({ kind: 'user', userId: USER_ID });
  });

  it('is the one with the sub, also when the pool does not have them any more', async () => {
    expect(await whoseOf(USER_ID, unneeded)).toEqual({ kind: 'user', userId: USER_ID });
  });

  it('is nobody where no one has the address', async () => {
    expect(await whoseOf('bob@example.com', listUsers)).toEqual({ kind: 'nobody' });
  });
});
