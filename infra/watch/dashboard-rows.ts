/** The rows of the dashboard that follow a code, from the request to the tokens. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ReportingClients } from '../../shared/clients/reporting-clients.ts';
import { SEND_TRY_REASONS } from '../../shared/lambda/metric-names.ts';
import { type DashboardRow, graph, totals } from './dashboard-row.ts';
import { type OtpMetrics, shareOf, type TimeName, wrongLessRight } from './otp-metrics.ts';

const funnel = (otp: OtpMetrics): DashboardRow => {
  const steps = [
    otp.count('ChallengeRequested', 'requested'),
    otp.count('CodeSent', 'sent'),
    otp.count('MailDelivered', 'delivered'),
    otp.count('ChallengeVerified', 'verified'),
  ];
  const ordered = otp.parts('ChallengeRequested', 'ResendRequested');
  return {
    title: 'Funnel: requested, sent, delivered, verified',
    reading:
      'Each step should be nearly as high as the one before. **Sent** counts every mail, so resends raise it above ' +
      '**requested**. SES reports **delivered** late, and not always. A gap before *sent* comes from this service or SES, ' +
      "before *delivered* from the recipients' servers, before *verified* from the mailbox or the user.",
    widgets: [
      totals({ title: 'In this time', metrics: steps }),
      graph({ title: 'Challenges and mails', metrics: steps, unit: 'count' }),
      graph({
        title: 'Rates',
        unit: '%',
        metrics: [
          shareOf('sent, of mails ordered', otp.parts('CodeSent'), ordered),
          shareOf('delivered, of sent', otp.parts('MailDelivered'), otp.parts('CodeSent')),
          shareOf('verified, of requested', otp.parts('ChallengeVerified'), otp.parts('ChallengeRequested')),
        ],
      }),
    ],
  };
};

const PERCENTILES = [50, 95, 99].map((percent) => Stats.p(percent));

const times = (otp: OtpMetrics): DashboardRow => {
  const time = (name: TimeName, title: string) =>
    graph({ title, unit: 'ms', metrics: PERCENTILES.map((statistic) => otp.time(name, statistic)) });
  return {
    title: 'How long it takes',
    reading:
      'p50 is what most users see, p95 and p99 are the slow ones. **To sent** is the time of this service: a second or two. ' +
      "**To delivered** adds SES and the recipients' servers. **To verified** starts at the request and adds the user.",
    widgets: [
      time('TimeToSent', 'From the order until SES has the mail'),
      time('TimeToDelivered', "From the order until the recipient's server has it"),
      time('TimeToVerified', 'From the request until the right answer'),
    ],
  };
};

const failures = (otp: OtpMetrics): DashboardRow => ({
  title: 'Why codes were not sent',
  reading:
    'Failed tries by reason; the workflow repeats *EmailThrottled* and *EmailUnavailable*, so a few do no harm. ' +
    'With *EmailUnanswered*, SES may have sent the mail. *EmailQuotaReached* and *EmailRejected* are final: look at SES. ' +
    '**Never mailed** are challenges that were closed without any mail, **orphaned** those of them that expired. ' +
    '**Refused** are deliveries that no sign-in had ordered: somebody else starts the workflow.',
  widgets: [
    graph({
      title: 'Failed tries to send, by reason',
      metrics: SEND_TRY_REASONS.map((reason) => otp.failedTries(reason)),
      unit: 'tries',
    }),
    graph({
      title: 'Challenges that were never mailed, and refused deliveries',
      metrics: [
        otp.count('NeverMailed', 'never mailed'),
        otp.count('ChallengeOrphaned', 'orphaned'),
        otp.count('DeliveryRefused', 'refused'),
      ],
      unit: 'count',
    }),
  ],
});

const reports = (otp: OtpMetrics): DashboardRow => ({
  title: 'What became of mails, as SES reports it',
  reading:
    "**Bounced**: returned. **Suppressed**: SES took the mail and did not send it. **On the account's list**: those " +
    'suppressed mails whose users get no code until somebody removes them from the list. **Complained**: the user called ' +
    'it spam. **Rejected**: SES found a virus. The command `audit` shows the users.',
  widgets: [
    graph({
      title: 'Delayed, returned, held back',
      unit: 'mails',
      metrics: [
        otp.count('MailDelayed', 'delayed'),
        otp.count('MailBounced', 'bounced'),
        otp.count('MailComplained', 'complained'),
        otp.count('MailSuppressed', 'suppressed'),
        otp.count('MailRejected', 'rejected'),
      ],
    }),
    graph({
      title: "On the account's suppression list",
      metrics: [otp.count('OnAccountSuppressionList', "on the account's list")],
      unit: 'mails',
    }),
    graph({
      title: 'Of the mails sent',
      unit: '%',
      metrics: [
        shareOf('bounced', otp.parts('MailBounced'), otp.parts('CodeSent')),
        shareOf('complained', otp.parts('MailComplained'), otp.parts('CodeSent')),
      ],
    }),
  ],
});

const answers = (otp: OtpMetrics): DashboardRow => ({
  title: 'What users do',
  reading:
    'Many **wrong** answers from few sign-ins are guesses; many **resends** mean that mails come late or not at all. ' +
    "**Reused** is a second tab or Cognito's retry, which gets no second mail. **Expired** codes were mailed and not used. " +
    "**Replaced** codes had gone to an address that was the user's no more. **Tokens refused** should be 0.",
  widgets: [
    graph({
      title: 'Answers',
      unit: 'answers',
      metrics: [
        otp.count('ChallengeVerified', 'right'),
        otp.count('AnswerWrong', 'wrong'),
        otp.count('ChallengeExhausted', 'out of attempts'),
        otp.count('ChallengeExpired', 'expired'),
        otp.count('ChallengeReplaced', 'replaced'),
      ],
    }),
    graph({
      title: 'Resends and reuses',
      unit: 'orders',
      metrics: [otp.count('ResendRequested', 'resends'), otp.count('ChallengeReused', 'reused')],
    }),
    graph({
      title: 'Tokens',
      unit: 'sign-ins',
      metrics: [otp.count('TokensIssued', 'issued'), otp.count('TokensRefused', 'refused')],
    }),
  ],
});

const limits = (otp: OtpMetrics): DashboardRow => ({
  title: 'Limits',
  reading:
    '**Locked**: a wrong answer locked a user; honest users hardly ever give so many in a row. **Refused, locked**: a sign-in ' +
    'or a right code of a locked user. **Refused, too many mails**: a mail was not ordered, after too many unused ones. ' +
    '**Refused, too many orders**: the same at the ceiling, where every order counts. A few of each come from one user. Many of ' +
    'them, or more wrong answers than right ones, come from somebody who has passwords. ' +
    'The command `unlock` lets a user in again. **Notices** tell users of a lock or of wrong codes, if the setting is on; one that ' +
    '**failed** could not be started, or SES took a try of it not.',
  widgets: [
    graph({
      title: 'Users locked, and notices',
      metrics: [
        otp.count('UserLocked', 'locked'),
        otp.count('NoticeSent', 'notices'),
        otp.count('NoticeFailed', 'notices failed'),
      ],
      unit: 'count',
    }),
    graph({
      title: 'Refused',
      unit: 'refusals',
      metrics: [
        otp.count('RefusedLocked', 'locked'),
        otp.count('RefusedSendLimit', 'too many mails'),
        otp.count('RefusedOrderLimit', 'too many orders'),
        otp.count('ResendRequested', 'for comparison: resends granted'),
      ],
    }),
    graph({
      title: 'Wrong answers less right ones',
      metrics: [wrongLessRight(otp)],
      unit: 'answers',
    }),
  ],
});

/** The rows, from what users notice to what explains it. */
export const deliveryRows = (otp: OtpMetrics): readonly DashboardRow[] => [
  funnel(otp),
  times(otp),
  failures(otp),
  reports(otp),
  answers(otp),
  limits(otp),
];

/** The row of the clients that get tokens without a code until a time. None without such clients. */
export const reportingRows = (otp: OtpMetrics, clients: ReportingClients): readonly DashboardRow[] => {
  const withoutCode = Object.keys(clients).map((client) => otp.signInsWithoutCode(client));
  if (withoutCode.length === 0) return [];
  return [
    {
      title: 'Sign-ins without a code',
      reading:
        'Tokens that were given without a code, by the id of the app client: it is named in `reportingClients`, and may do so ' +
        "until its date. Each should fall to 0 before that. From then on the guard refuses them, and the client's refresh tokens.",
      widgets: [
        totals({ title: 'Without a code, in this time', metrics: withoutCode }),
        graph({ title: 'Sign-ins without a code', metrics: withoutCode, unit: 'sign-ins' }),
      ],
    },
  ];
};
