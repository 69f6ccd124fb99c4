import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  type DkimRecord,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { senderAddress, senderDomain } from '../settings/email-sender.ts';
import type { Settings } from '../settings/settings.ts';

export interface MailSenderProps {
  readonly settings: Pick<Settings, 'emailSender' | 'senderIdentity'>;
}

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

/**
 * What may stand for an address in SES: itself, its domain, or a domain above that one.
 * `otp@mail.example.com`, `mail.example.com`, `example.com`.
 */
const identitiesOf = (address: string): readonly string[] => {
  const labels = senderDomain(address).split('.');
  return [address, ...labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))];
};

/** The identity that codes come from and the configuration set that they are sent with. */
export class MailSender extends Construct {
  /** What a sender needs in its environment. */
  readonly environment: { readonly configurationSet: string; readonly emailSender: string };
  /** CNAME records that prove the domain to SES and sign its mails; none unless the identity is a domain of ours. */
  readonly dkimRecords: readonly DkimRecord[];
  /** The identities that SES may check a mail of this sender against. */
  readonly #identities: readonly string[];

  constructor(scope: Construct, id: string, { settings }: MailSenderProps) {
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
    const { emailSender, senderIdentity } = settings;
    const address = senderAddress(emailSender);
    if (senderIdentity === 'existing') {
      this.#identities = identitiesOf(address);
      this.dkimRecords = [];
    } else {
      const isDomain = senderIdentity === 'domain';
      const name = isDomain ? senderDomain(emailSender) : address;
      const identity = new EmailIdentity(this, 'Identity', {
        identity: isDomain ? Identity.domain(name) : Identity.email(name),
        configurationSet,
      });
      this.#identities = [identity.emailIdentityName];
      this.dkimRecords = isDomain ? identity.dkimRecords : [];
    }
    this.environment = {
      configurationSet: configurationSet.configurationSetName,
      emailSender,
    };
  }

  /** SES checks both the identity and the configuration set; the sender address is pinned besides. */
  grantSend(grantee: IGrantable): void {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          ...this.#identities.map((identity) => arn('identity', identity)),
          arn('configuration-set', this.environment.configurationSet),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': senderAddress(this.environment.emailSender) } },
      }),
    );
  }
}
