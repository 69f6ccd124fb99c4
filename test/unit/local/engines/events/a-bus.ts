import { createEventBus } from '../../../../../local/engines/events/event-bus.ts';
import { type Clock, createClock } from '../../../../../local/ground/clock.ts';
import type { InvokeAsync, JsonObject } from '../../../../../local/ground/service.ts';
import { aResource } from '../../a-resource.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:record';
export const OTHER_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:sweep';

export const aRule = (properties: JsonObject, name = 'Bounced') =>
  aResource('AWS::Events::Rule', properties, {
    ref: name,
    attributes: { Arn: `arn:aws:events:eu-west-1:111122223333:rule/${name}` },
  });

export const toFunction = (target: JsonObject = {}, arn = FUNCTION_ARN): JsonObject => ({
  Id: 'Target0',
  Arn: arn,
  ...target,
});

export interface Invoked {
  readonly arn: string;
  readonly event: JsonObject;
}

/** A bus with these rules, and what it has invoked. `await using` closes it. */
export const aBus = (
  rules: readonly ReturnType<typeof aRule>[],
  {
    clock = createClock(),
    invokeAsync = async () => {},
  }: { readonly clock?: Clock; readonly invokeAsync?: InvokeAsync } = {},
) => {
  const invoked: Invoked[] = [];
  const bus = createEventBus({
    rules,
    functionArns: [FUNCTION_ARN, OTHER_ARN],
    clock,
    invokeAsync: (arn, event) => {
      invoked.push({ arn, event: event as JsonObject });
      return invokeAsync(arn, event);
    },
    region: 'eu-west-1',
    accountId: '111122223333',
  });
  return { ...bus, clock, invoked, [Symbol.asyncDispose]: () => bus.close() };
};
