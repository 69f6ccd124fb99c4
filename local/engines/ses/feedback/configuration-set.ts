/** Reads the configuration sets of the template: which events they publish to EventBridge, and what they suppress. */
import type { JsonObject } from '../../../ground/service.ts';
import type { Resource } from '../../../ground/template.ts';
import type { SuppressionReason } from '../suppression-list.ts';
import type { EventType } from './outcome.ts';

export interface ConfigurationSet {
  readonly name: string;
  readonly eventTypes: readonly EventType[];
  readonly suppressedReasons: readonly SuppressionReason[];
  /** How long SES tries to deliver. */
  readonly maxDeliverySeconds: number;
}

/** SES's behaviour without a set or its property: every reason suppresses, and SES tries for 14 hours. */
export const ACCOUNT_REASONS: readonly SuppressionReason[] = ['BOUNCE', 'COMPLAINT'];
const DEFAULT_MAX_DELIVERY_SECONDS = 14 * 3_600;

const EVENT_TYPES: readonly EventType[] = [
  'Send',
  'Delivery',
  'Bounce',
  'Complaint',
  'DeliveryDelay',
  'Reject',
];

/** Makes the names of types alike: templates use `DELIVERY_DELAY` or `deliveryDelay`, events `DeliveryDelay`. */
const plain = (type: string): string => type.replaceAll('_', '').toLowerCase();

interface EventDestination {
  readonly Enabled?: boolean;
  readonly MatchingEventTypes?: readonly string[];
  readonly EventBridgeDestination?: JsonObject;
}

const eventTypesOf = (destination: Resource): readonly string[] => {
  const { Enabled, MatchingEventTypes, EventBridgeDestination } = destination.properties
    .EventDestination as EventDestination;
  const publishes = Enabled === true && EventBridgeDestination !== undefined;
  return publishes ? (MatchingEventTypes ?? []).map(plain) : [];
};

/** `sets` are `AWS::SES::ConfigurationSet`, `destinations` `AWS::SES::ConfigurationSetEventDestination`. */
export const readConfigurationSets = (
  sets: readonly Resource[],
  destinations: readonly Resource[],
): readonly ConfigurationSet[] =>
  sets.map(({ names, properties }) => {
    const published = destinations
      .filter((destination) => destination.properties.ConfigurationSetName === names.ref)
      .flatMap(eventTypesOf);
    const { SuppressedReasons } = (properties.SuppressionOptions ?? {}) as {
      readonly SuppressedReasons?: readonly SuppressionReason[];
    };
    const { MaxDeliverySeconds } = (properties.DeliveryOptions ?? {}) as {
      readonly MaxDeliverySeconds?: number;
    };
    return {
      name: names.ref,
      eventTypes: EVENT_TYPES.filter((type) => published.includes(plain(type))),
      suppressedReasons: SuppressedReasons ?? ACCOUNT_REASONS,
      maxDeliverySeconds: Number(MaxDeliverySeconds ?? DEFAULT_MAX_DELIVERY_SECONDS),
    };
  });
