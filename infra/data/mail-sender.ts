import { Aws, Stack, Token } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  type CfnConfigurationSet,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  type DkimRecord,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { FeedbackType } from '../../shared/messages/feedback.ts';
import { brandOf } from '../mail/mail-file.ts';
import { senderAddress, senderDomain, withSenderName } from '../settings/email-sender.ts';
import type { Settings } from '../settings/settings.ts';
import type { MailFromRecord } from './mail-from-record.ts';

export interface MailSenderProps {
  readonly settings: Pick<Settings, 'emailSender' | 'senderIdentity' | 'codeLifetime' | 'mail'>;
}

/** The events of a mail that the trail records. Opens and clicks are not tracked. */
const RECORDED_EVENTS: Readonly<Record<FeedbackType, EmailSendingEvent>> = {
  Send: EmailSendingEvent.SEND,
  Delivery: EmailSendingEvent.DELIVERY,
  DeliveryDelay: EmailSendingEvent.DELIVERY_DELAY,
  Bounce: EmailSendingEvent.BOUNCE,
  Complaint: EmailSendingEvent.COMPLAINT,
  Reject: EmailSendingEvent.REJECT,
};

/**
 * The SES identities that can cover an address: the address, its domain, and each parent domain, such as
 * `otp@mail.example.com`, `mail.example.com`, `example.com`. Of a domain that only the deployment knows nobody can tell the
 * parents.
 */
const identitiesOf = (address: string): readonly string[] => {
  const domain = senderDomain(address);
  if (Token.isUnresolved(domain)) return [address, domain];
  const labels = domain.split('.');
  return [address, ...labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))];
};

/**
 * The domain that bounces go to, below that of the identity; by it SPF passes for the company's own domain. SES wants nothing else to
 * send from it or to receive there, and the MX record to lead to one region (SES Developer Guide, "Using a custom MAIL FROM domain"),
 * so each region has its own. Its first label is one that nobody has for anything else.
 */
const mailFromDomain = (domain: string): string => `otp-${Aws.REGION}.${domain}`;

const mailFromRecordsOf = (domain: string): readonly MailFromRecord[] => {
  const name = mailFromDomain(domain);
  return [
    { name, type: 'MX', value: `10 feedback-smtp.${Aws.REGION}.amazonses.com` },
    { name, type: 'TXT', value: '"v=spf1 include:amazonses.com ~all"' },
  ];
};

/** The SES identity that codes are sent from, and the configuration set that they are sent with. */
export class MailSender extends Construct {
  /** What a function that sends needs in its environment. */
  readonly environment: { readonly configurationSet: string; readonly emailSender: string };
  /** CNAME records that prove the domain to SES; none unless this stack creates a domain identity. */
  readonly dkimRecords: readonly DkimRecord[];
  /** Records of the MAIL FROM domain; none unless this stack creates a domain identity. */
  readonly mailFromRecords: readonly MailFromRecord[];
  /** The identities that SES may check a mail from this sender against. */
  readonly #identities: readonly string[];

  constructor(scope: Construct, id: string, { settings }: MailSenderProps) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      // A click on "spam" must not keep the user out forever, so complaints do not suppress.
      suppressionReasons: SuppressionReasons.BOUNCES_ONLY,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    // SES stops trying when the code has expired. It accepts 5 minutes at least, as `codeLifetime` does. This is plain
    // CloudFormation, because the CDK's construct would need to know the time at synthesis.
    (configurationSet.node.defaultChild as CfnConfigurationSet).addPropertyOverride(
      'DeliveryOptions.MaxDeliverySeconds',
      settings.codeLifetime.toSeconds(),
    );
    // SES accepts only the account's default bus.
    const defaultBus = Stack.of(this).formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: 'default',
    });
    configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusArn(this, 'DefaultBus', defaultBus)),
      events: Object.values(RECORDED_EVENTS),
    });
    const { emailSender, senderIdentity } = settings;
    const address = senderAddress(emailSender);
    if (senderIdentity === 'existing') {
      this.#identities = identitiesOf(address);
      this.dkimRecords = [];
      this.mailFromRecords = [];
    } else {
      const isDomain = senderIdentity === 'domain';
      const name = isDomain ? senderDomain(emailSender) : address;
      const identity = new EmailIdentity(this, 'Identity', {
        identity: isDomain ? Identity.domain(name) : Identity.email(name),
        configurationSet,
        ...(isDomain && {
          mailFromDomain: mailFromDomain(name),
          // Until its records are published, SES sends as it did without it.
          mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
        }),
      });
      this.#identities = [identity.emailIdentityName];
      this.dkimRecords = isDomain ? identity.dkimRecords : [];
      this.mailFromRecords = isDomain ? mailFromRecordsOf(name) : [];
    }
    this.environment = {
      configurationSet: configurationSet.configurationSetName,
      emailSender: withSenderName(emailSender, brandOf(settings)?.name),
    };
  }

  /** SES checks the permission for the identity and for the configuration set. The condition allows only this sender address. */
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
