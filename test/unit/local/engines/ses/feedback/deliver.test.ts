import { describe, expect, test } from 'vitest';
import { aMail, aSes } from '../ses-fixture.ts';

const bounceOf = ({ events }: ReturnType<typeof aSes>) =>
  events.map(({ detail }) => detail.bounce).find((bounce) => bounce !== undefined);

describe('an address on the suppression list', () => {
  test('is sent, bounces and gets no mail', async () => {
    using service = aSes();
    service.suppressionList.put('alice@example.net', 'BOUNCE');

    expect(await service.reportOn('Alice <alice@example.net>')).toEqual(['Send', 'Bounce']);

    expect(bounceOf(service)).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'OnAccountSuppressionList',
      bouncedRecipients: [{ emailAddress: 'alice@example.net' }],
    });
    expect(service.inbox.all()).toEqual([]);
  });

  test('gets its mail when the configuration set does not heed that reason', async () => {
    using service = aSes();
    service.suppressionList.put('alice@example.net', 'COMPLAINT');

    expect(await service.reportOn('alice@example.net')).toEqual(['Send', 'Delivery']);

    expect(service.inbox.all()).toHaveLength(1);
  });

  test('gets no mail for any reason without a configuration set', () => {
    using service = aSes();
    service.suppressionList.put('alice@example.net', 'COMPLAINT');

    service.ses.sendEmail(aMail({ ConfigurationSetName: undefined }));

    expect(service.inbox.all()).toEqual([]);
  });

  test('gets its mail again when it has been taken off', async () => {
    using service = aSes();
    service.suppressionList.put('alice@example.net', 'BOUNCE');
    service.suppressionList.delete('alice@example.net');

    expect(await service.reportOn('alice@example.net')).toEqual(['Send', 'Delivery']);
  });

  test('does not keep the mail from others', async () => {
    using service = aSes();
    service.suppressionList.put('alice@example.net', 'BOUNCE');

    await service.reportOn('alice@example.net', 'bob@example.net');

    expect(service.inbox.all().map(({ to }) => to)).toEqual([['bob@example.net']]);
  });
});

describe('after a bounce for good', () => {
  test('the address is on the suppression list, also after a restart', async () => {
    const recipient = 'late-bounce+1@outcome.example.com';
    const first = aSes();
    expect(await first.reportOn(recipient)).toEqual(['Send', 'Delivery', 'Bounce']);
    const [mail] = first.inbox.all();
    first[Symbol.dispose]();

    using second = aSes({ folder: first.folder });

    expect(second.suppressionList.get(recipient)).toMatchObject({
      reason: 'BOUNCE',
      messageId: mail?.messageId,
    });
    expect(await second.reportOn(recipient)).toEqual(['Send', 'Bounce']);
    expect(await second.reportOn('late-bounce+2@outcome.example.com')).toEqual([
      'Send',
      'Delivery',
      'Bounce',
    ]);
  });

  test('an address of the simulator is not on it, and its mails are in the inbox every time', async () => {
    using service = aSes();

    for (const _ of [1, 2]) {
      expect(await service.reportOn('bounce@simulator.amazonses.com')).toEqual(['Send', 'Bounce']);
    }

    expect(service.inbox.all()).toHaveLength(2);
  });

  test('no address is on it if the configuration set does not suppress bounces', async () => {
    using service = aSes({ configurationSet: { suppressedReasons: ['COMPLAINT'] } });

    await service.reportOn('late-bounce@outcome.example.com');

    expect(service.suppressionList.get('late-bounce@outcome.example.com')).toBeUndefined();
  });
});
