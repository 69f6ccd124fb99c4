/**
 * SES's reports on MiniStack. Its SES makes none, and its PutEvents refuses the source `aws.ses`, as AWS does. So each
 * deployed rule is copied for another source, and the report is sent from that source.
 */

import { toFeedbackEvent } from '../../../local/engines/ses/feedback/feedback-event.ts';
import type { MailOutcome } from '../../../local/engines/ses/feedback/outcome.ts';
import type { Challenge } from '../../../shared/domain/challenge.ts';
import { tagsOf } from '../sign-in/feedback.ts';
import { call } from './api.ts';
import type { Ministack } from './ministack.ts';
import type { Deployment } from './stack.ts';

const WAITED = { status: '4.4.7', diagnosticCode: 'smtp; 421 4.4.7 busy' } as const;

/** The outcomes of a mail, by the name of the fact in its trail. */
export const REPORTS: Readonly<Record<string, MailOutcome>> = {
  ACCEPTED: { type: 'Send' },
  DELAYED: { type: 'DeliveryDelay', delayType: 'MailboxFull', ...WAITED },
  DELIVERED: { type: 'Delivery', smtpResponse: '250 2.0.0 OK' },
  BOUNCED: { type: 'Bounce', bounceType: 'Permanent', bounceSubType: 'General', ...WAITED },
  COMPLAINED: { type: 'Complaint' },
  REJECTED: { type: 'Reject', reason: 'Bad content' },
};

const OTHER_SOURCE = 'test.ses';

/** The report that SES would make of the challenge's first mail. */
const reportOf = (deployment: Deployment, { userId, challengeId, events }: Challenge, outcome: MailOutcome) =>
  toFeedbackEvent(
    {
      messageId: String(events['1#SENT']?.messageId),
      from: 'otp@example.com',
      to: ['somebody@example.com'],
      subject: 'Your sign-in code',
      text: '',
      html: '',
      headers: {},
      tags: tagsOf({ userId, challengeId, delivery: 1 }),
      acceptedAt: Date.now(),
      identityArn: 'arn:aws:ses:us-east-1:000000000000:identity/otp@example.com',
      configurationSet: {
        name: deployment.physicalId('AWS::SES::ConfigurationSet', 'MailSender'),
        eventTypes: [],
        suppressedReasons: [],
        maxDeliverySeconds: 300,
      },
    },
    { recipient: 'somebody@example.com', outcome, at: Date.now() },
  );

export interface Reported {
  /** Whether the deployed rule's pattern takes SES's own event. */
  readonly matched: boolean;
}

/** Asks the deployed rule about SES's event, and sends the event through the rule's copy to the rule's own target. */
export const report = async (
  ministack: Ministack,
  deployment: Deployment,
  challenge: Challenge,
  outcome: MailOutcome,
): Promise<Reported> => {
  const Name =
    deployment.physicalId('AWS::Events::Rule', `RecordFeedback${outcome.type}`).split('|').at(-1) ?? '';
  const { EventPattern } = await call(ministack, 'events', 'DescribeRule', { Name });
  const { Targets } = await call(ministack, 'events', 'ListTargetsByRule', { Rule: Name });
  const { source, detailType, resources, detail } = reportOf(deployment, challenge, outcome);
  const Event = JSON.stringify({
    version: '0',
    id: '1',
    source,
    account: '000000000000',
    time: new Date().toISOString(),
    region: 'us-east-1',
    resources,
    'detail-type': detailType,
    detail,
  });
  const { Result } = await call(ministack, 'events', 'TestEventPattern', { EventPattern, Event });

  const copy = `${outcome.type}FromTest`;
  const pattern = { ...JSON.parse(String(EventPattern)), source: [OTHER_SOURCE] };
  await call(ministack, 'events', 'PutRule', { Name: copy, EventPattern: JSON.stringify(pattern) });
  await call(ministack, 'events', 'PutTargets', { Rule: copy, Targets });
  const entry = {
    Source: OTHER_SOURCE,
    DetailType: detailType,
    Resources: resources,
    Detail: JSON.stringify(detail),
  };
  await call(ministack, 'events', 'PutEvents', { Entries: [entry] });
  return { matched: Result === true };
};
