/** Makes DynamoDB fail or throttle for the stack's own functions. Pages and commands that only watch still work. */
import type { Disturb, Disturbance } from '../ground/endpoint.ts';
import { AwsError } from '../ground/service.ts';
import { createExactShare } from './exact-share.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** The access key id of callers outside the stack; see `clientSettings`. */
const WATCHER = 'local';

const DOWN: Disturbance = {
  kind: 'refused',
  error: new AwsError('InternalServerError', 'The request could not be completed.', 500),
};
const THROTTLED: Disturbance = {
  kind: 'refused',
  error: new AwsError('ThrottlingException', 'Throughput exceeds the current capacity of your table.'),
};

export const disturbDynamoDb = (faults: FaultSwitches): Disturb => {
  const isThrottled = createExactShare(faults, 'dynamoDbThrottlePercent');
  return ({ caller, operation }) => {
    if (!operation.startsWith('DynamoDB_') || caller === WATCHER) return undefined;
    if (faults.current().dynamoDbDown) return DOWN;
    return isThrottled() ? THROTTLED : undefined;
  };
};
