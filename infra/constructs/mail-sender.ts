import { Duration } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { type Settings, senderAddress } from '../settings.ts';

/** SES gives up on a mail whose code is about to expire; 5 minutes is the least it accepts. */
const MAX_DELIVERY = Duration.minutes(5);

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
