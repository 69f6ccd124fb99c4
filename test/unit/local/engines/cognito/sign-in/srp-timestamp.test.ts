import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalTimestamp } from '../../../../../../local/engines/cognito/sign-in/srp-timestamp.ts';
import { addUser, awsError, createFixture, INCORRECT, provePassword } from '../fixture.ts';

describe('a timestamp', () => {
  test('stays as it is if a client wrote it as Cognito does', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const [weekday = '', day = '', month = '', year = '', clock = ''] = date.toUTCString().split(' ');
          const text = `${weekday.slice(0, 3)} ${month} ${Number(day)} ${clock} UTC ${year}`;

          expect(canonicalTimestamp(text)).toBe(text);
        },
      ),
    );
  });

  test.each([
    ['a padded day', 'Tue Sep 05 07:08:09 UTC 2028', 'Tue Sep 5 07:08:09 UTC 2028'],
    ['a wrong weekday', 'Fri Sep 5 07:08:09 UTC 2028', 'Tue Sep 5 07:08:09 UTC 2028'],
    ['a day that the month has not', 'Fri Nov 31 07:08:09 UTC 2028', 'Fri Dec 1 07:08:09 UTC 2028'],
    ['an hour without its zero', 'Tue Sep 5 7:08:09 UTC 2028', 'Tue Sep 5 07:08:09 UTC 2028'],
  ])('is read in spite of %s, as another one', (_, text, read) => {
    expect(canonicalTimestamp(text)).toBe(read);
  });

  test.each([
    ['in ISO 8601', '2028-09-05T07:08:09Z'],
    ['of another zone', 'Tue Sep 5 07:08:09 +05:30 2028'],
    ['in another language', 'Di Sep 5 07:08:09 UTC 2028'],
    ['with more behind it', 'Tue Sep 5 07:08:09 UTC 2028 '],
    ['without a year', 'Tue Sep 5 07:08:09 UTC'],
    ['that is empty', ''],
  ])('cannot be read %s', (_, text) => {
    expect(canonicalTimestamp(text)).toBeUndefined();
  });
});

describe('the right password', () => {
  test.each(['Tue Sep 05 07:08:09 UTC 2028', 'Fri Sep 5 07:08:09 UTC 2028', 'Fri Nov 31 07:08:09 UTC 2028'])(
    'counts as wrong with the timestamp %s',
    async (timestamp) => {
      const fixture = createFixture();
      await addUser(fixture);

      await expect(provePassword(fixture, { timestamp })).rejects.toMatchObject(INCORRECT);
    },
  );

  test('is not judged with a timestamp that cannot be read', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    await expect(provePassword(fixture, { timestamp: '2028-09-05T07:08:09Z' })).rejects.toMatchObject(
      awsError(
        'InvalidParameterException',
        'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
      ),
    );
  });

  test('counts with a timestamp of another time, as the clock of the pool may be shifted', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    expect(await provePassword(fixture, { timestamp: 'Tue Sep 5 07:08:09 UTC 2028' })).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
    });
  });
});
