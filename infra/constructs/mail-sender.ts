import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { type Settings, senderAddress } from '../settings.ts';

/** SES gives up on a mail whose code is about to expire; 5 minutes is the least it accepts. */
const MAX_DELIVERY = Duration.minutes(5);

/** What the trail records of a mail. Opens and clicks are not tracked. */
const RECORDED_EVENTS: EmailSendingEvent[] = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
];

/** The identity that codes come from and the configuration set that they are sent with. */
export class MailSender extends Construct {
  /** What a sender needs in its environment. */
  readonly environment: { readonly CONFIGURATION_SET: string; readonly EMAIL_SENDER: string };
  readonly #identity: EmailIdentity;

  constructor(scope: Construct, id: string, { emailSender }: Pick<Settings, 'emailSender'>) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      // A click on "spam" must not lock its user out for good, so complaints do not suppress.
      suppressionReasons: SuppressionReasons.BOUNCES_ONLY,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      maxDeliveryDuration: MAX_DELIVERY,
    });
    // SES takes no other bus than the account's default one.
    const defaultBus = Stack.of(this).formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: 'default',
    });
    configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusArn(this, 'DefaultBus', defaultBus)),
      events: RECORDED_EVENTS,
    });
    this.#identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.email(senderAddress(emailSender)),
      configurationSet,
    });
    this.environment = {
      CONFIGURATION_SET: configurationSet.configurationSetName,
      EMAIL_SENDER: emailSender,
    };
  }

  /** SES checks both the identity and the configuration set; the sender address is pinned besides. */
  grantSend(grantee: IGrantable): void {
    const configurationSetArn = this.#identity.stack.formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.environment.CONFIGURATION_SET,
    });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [this.#identity.emailIdentityArn, configurationSetArn],
        conditions: { StringEquals: { 'ses:FromAddress': senderAddress(this.environment.EMAIL_SENDER) } },
      }),
    );
  }
}
