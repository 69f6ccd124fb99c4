import { expect, test } from 'vitest';
import { readConfigurationSets } from '../../../../../../local/engines/ses/feedback/configuration-set.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { aResource } from '../ses-fixture.ts';

const aDestination = (changes: JsonObject = {}, ConfigurationSetName = 'codes') =>
  aResource('destination', {
    ConfigurationSetName,
    EventDestination: {
      Enabled: true,
      MatchingEventTypes: ['SEND', 'DELIVERY_DELAY'],
      EventBridgeDestination: { EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' },
      ...changes,
    },
  });

const read = (...destinations: ReturnType<typeof aDestination>[]) =>
  readConfigurationSets([aResource('codes')], destinations)[0];

test('a set publishes the events that its destination names, in either spelling of the template', () => {
  expect(read(aDestination())?.eventTypes).toEqual(['Send', 'DeliveryDelay']);
  expect(read(aDestination({ MatchingEventTypes: ['send', 'deliveryDelay'] }))?.eventTypes).toEqual([
    'Send',
    'DeliveryDelay',
  ]);
});

test('several destinations add up, and each event is published once', () => {
  const set = read(aDestination(), aDestination({ MatchingEventTypes: ['BOUNCE', 'SEND'] }));

  expect(set?.eventTypes).toEqual(['Send', 'Bounce', 'DeliveryDelay']);
});

test.each([
  ['no destination', []],
  ['a destination that is disabled', [aDestination({ Enabled: false })]],
  ['a destination that is not EventBridge', [aDestination({ EventBridgeDestination: undefined })]],
  ['a destination of another set', [aDestination({}, 'other')]],
  ['event types that are not imitated', [aDestination({ MatchingEventTypes: ['OPEN', 'CLICK'] })]],
])('a set with %s publishes nothing', (_, destinations) => {
  expect(read(...destinations)?.eventTypes).toEqual([]);
});

test('a set says what it suppresses and how long it tries, and has SES’s own values otherwise', () => {
  const own = aResource('own', {
    SuppressionOptions: { SuppressedReasons: ['BOUNCE'] },
    DeliveryOptions: { MaxDeliverySeconds: 300 },
  });

  const sets = readConfigurationSets([own, aResource('plain')], []);

  expect(sets).toEqual([
    { name: 'own', eventTypes: [], suppressedReasons: ['BOUNCE'], maxDeliverySeconds: 300 },
    {
      name: 'plain',
      eventTypes: [],
      suppressedReasons: ['BOUNCE', 'COMPLAINT'],
      maxDeliverySeconds: 50_400,
    },
  ]);
});
