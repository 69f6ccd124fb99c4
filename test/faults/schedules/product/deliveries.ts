/** Executions of the delivery workflow, with the function that they call. */

import type { Invocation, Invoke } from '../../../../local/ground/service.ts';
import { deliver } from '../../../../services/deliver-code/deliver.ts';
import { createSendMail } from '../../../../services/deliver-code/send-mail.ts';
import { createAddressKeySource, createKeySource } from '../../../../shared/lambda/key-source.ts';
import { SENDING_CLIENT, TRIGGER_CLIENT } from '../../../../shared/lambda/sdk-client.ts';
import type { DeliveryOrder, DeliveryTask } from '../../../../shared/messages/delivery.ts';
import { createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import { SHIPPED } from '../../../support/mail/mail-settings.ts';
import { CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import type { Caller, Operation } from '../engine/operation.ts';
import type { Started } from '../engine/world.ts';
import { LIMITS } from './operations.ts';
import { clientOf, type Settings } from './sdk-clients.ts';
import { anExecution, TABLE_NAME } from './workflow.ts';

/** Who has a lease: this invocation of the function. */
export type OwnerOf = (task: DeliveryTask) => string;

/** Lambda's request id is another for each call. */
const ofInvocation: OwnerOf = ({ execution, retries }) => `invocation ${retries} of ${execution}`;

/** One call of deliver-code, as Lambda answers it. `heard`: whether anybody awaits the answer. */
const invoke = async (
  caller: Caller,
  event: unknown,
  ownerOf: OwnerOf,
  isUnheard: boolean,
): Promise<Invocation> => {
  const settings = (client: Settings): Settings => ({ ...client, isUnheard });
  const secrets = clientOf(caller, 'SecretsManager', settings(TRIGGER_CLIENT));
  const deps = {
    challenges: createChallengeStore(clientOf(caller, 'DynamoDB', settings(TRIGGER_CLIENT)), TABLE_NAME),
    keyFor: createKeySource(secrets, 'code-key', caller.now),
    addressKey: createAddressKeySource(secrets, 'address-key', caller.now),
    sendMail: createSendMail(clientOf(caller, 'SES', settings(SENDING_CLIENT)), {
      from: 'otp@example.com',
      configurationSet: CONFIGURATION_SET,
    }),
    measure: () => {},
    now: caller.now,
    codeLength: LIMITS.codeLength,
    mail: SHIPPED,
    reportUrl: 'https://report.example.com/',
  };
  try {
    const delivered = await deliver(deps, event, ownerOf(event as DeliveryTask));
    return { kind: 'returned', payload: delivered };
  } catch (error) {
    return { kind: 'failed', errorType: (error as Error).name, errorMessage: '' };
  }
};

/** Calls the function, whose answer may be lost; then it goes on by itself, as an operation of its own. */
const calling =
  (caller: Caller, ownerOf: OwnerOf): Invoke =>
  async (_, event) => {
    await caller.call({ service: 'Lambda', operation: 'Invoke', input: { event }, tries: 1 });
    return caller.once(JSON.stringify(event), () => invoke(caller, event, ownerOf, false));
  };

/** An execution of the delivery workflow. */
export const aDelivery = (name: string, input: DeliveryOrder, ownerOf = ofInvocation): Operation =>
  anExecution(name, JSON.stringify(input), (caller) => calling(caller, ownerOf));

/** An execution whose function never runs, because Lambda refuses each call of it. */
export const aThrottledDelivery = (name: string, input: DeliveryOrder): Operation =>
  anExecution(name, JSON.stringify(input), () => async () => ({
    kind: 'failed',
    errorType: 'Lambda.TooManyRequestsException',
    errorMessage: '',
  }));

/** What was started while the scenario is played. */
export const begin =
  (ownerOf: OwnerOf) =>
  ({ kind, input }: Started, number: number): Operation => {
    if (kind === 'execution') {
      const { challengeId, delivery } = JSON.parse(input) as DeliveryOrder;
      return anExecution(`execution ${number} of mail ${delivery} of ${challengeId}`, input, (caller) =>
        calling(caller, ownerOf),
      );
    }
    const { event } = JSON.parse(input) as { readonly event: DeliveryTask };
    return {
      name: `abandoned ${ofInvocation(event)}`,
      run: (caller) => invoke(caller, event, ownerOf, true),
    };
  };

export const beginDelivery = begin(ofInvocation);
