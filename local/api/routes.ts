/** The local system's own HTTP interface, for its pages and for tests. */
import { type OtpNames, otpNamed } from '../../shared/messages/stack/outputs.ts';
import type { Trail } from '../../shared/table/trail.ts';
import type { UnlockStores } from '../../shared/table/unlock.ts';
import type { PoolConfig } from '../../web/sign-in/pool-config.ts';
import type { LocalOtp } from '../app/app.ts';
import type { DemoUser } from '../demo-user.ts';
import type { Dashboard } from '../engines/metrics/dashboard.ts';
import type { Metrics } from '../engines/metrics/metrics.ts';
import { writeEml } from '../engines/ses/eml.ts';
import type { Inbox } from '../engines/ses/inbox.ts';
import type { MachineDefinition } from '../engines/step-functions/definition/machine.ts';
import type { Execution } from '../engines/step-functions/execution.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { FAULT_ROWS } from '../faults/fault-table.ts';
import { readFaults } from '../faults/faults.ts';
import type { Clock } from '../ground/clock.ts';
import { type HttpReply, type HttpRequest, parseJson, type Route } from '../ground/endpoint.ts';
import { AwsError } from '../ground/service.ts';
import { judgeMail } from '../mails/judge-mail.ts';
import { inTheme, mailFrame } from '../mails/mail-frames.ts';
import { type AppMail, mailChoices, previewMail } from '../mails/mail-preview.ts';
import { readChallenges } from './challenges.ts';
import type { Changes } from './changes.ts';
import { openEventStream } from './event-stream.ts';
import { readMails } from './mails.ts';
import { readMetrics } from './metrics.ts';
import { readStandings, unlockUser } from './standings.ts';
import type { LocalAnswers, LocalPath } from './types.ts';

/** An `EmailOtp`, and what is shown of it alone. */
export interface ShownOtp extends Pick<LocalOtp, 'id' | 'outputs'>, OtpNames {
  readonly trail: Trail;
  readonly dashboard: Dashboard | undefined;
  /** What is stored of its users, and the limits by which they are judged. */
  readonly users: Omit<UnlockStores, 'now' | 'trail'>;
  readonly mail: AppMail | undefined;
}

/** Takes the app over anew. */
export interface Reload {
  start(): void;
  isUnderWay(): boolean;
}

export interface LocalApiDependencies {
  /** Whether the start is over, and no take-over of the app is under way. */
  readonly ready: () => boolean;
  /** Undefined if the app cannot be taken over. */
  readonly reload?: Reload | undefined;
  readonly region: string;
  /** At least one; the first is shown unless the query chooses. */
  readonly otps: readonly ShownOtp[];
  /** False for nobody. */
  readonly demoUser: () => DemoUser | false;
  readonly inbox: Inbox;
  readonly machines: readonly MachineDefinition[];
  /** Oldest first. */
  readonly executions: () => readonly Execution[];
  readonly faults: FaultSwitches;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'all'>;
  readonly changes: Changes;
}

type Headers = HttpRequest['headers'];

/** The query of a URL. Each route checks the values that it uses. */
type Query = Readonly<Record<string, string>>;

type Answers = {
  readonly [Path in LocalPath]: (
    query: Query,
    headers: Headers,
  ) => LocalAnswers[Path] | Promise<LocalAnswers[Path]>;
};

/** Throws ResourceNotFound. */
const chooseOtp = (otps: readonly ShownOtp[], id: string | undefined): ShownOtp => {
  const found = id === undefined ? otps[0] : otpNamed(otps, id);
  if (found !== undefined) return found;
  throw new AwsError('ResourceNotFound', `otp: ${otps.map((otp) => otp.id).join(' or ')}`, 404);
};

const storesOf = ({ otps, clock }: LocalApiDependencies, otp: string | undefined): UnlockStores => {
  const { users, trail } = chooseOtp(otps, otp);
  return { ...users, trail, now: clock.now() };
};

/** Throws ResourceNotFound. */
const mailOf = ({ mail }: ShownOtp): AppMail => {
  if (mail !== undefined) return mail;
  throw new AwsError('ResourceNotFound', 'The app is of a release whose mails cannot be shown', 404);
};

/** What the sign-in page shows of the app's brand: the console's policy lets no logo in, and the page writes no mail. */
const brandOf = ({ mail }: ShownOtp): Pick<PoolConfig, 'brand'> => {
  if (mail?.settings.brand === undefined) return {};
  const { logoUrl: _logo, logoWidth: _width, replyTo: _mailbox, ...brand } = mail.settings.brand;
  return { brand };
};

const answersOf = (deps: LocalApiDependencies): Answers => {
  const { ready, region, otps, demoUser, inbox, machines, executions, faults, clock, metrics } = deps;
  return {
    // With the host name of the request, because localhost and 127.0.0.1 are two origins for a browser.
    'config.json': ({ otp }, { host }) => {
      const chosen = chooseOtp(otps, otp);
      const { outputs } = chosen;
      const offered = demoUser();
      return {
        region,
        userPoolId: outputs.UserPoolId ?? '',
        userPoolClientId: outputs.UserPoolClientId ?? '',
        endpoint: `http://${host}`,
        ...brandOf(chosen),
        ...(offered !== false && { demoUser: offered }),
      };
    },
    'otps.json': () => otps.map(({ id }) => ({ id })),
    'ready.json': () => {
      if (ready()) return { ready: true };
      throw new AwsError('ServiceUnavailableException', 'The local system is starting', 503);
    },
    'inbox.json': (query) => readMails(inbox.all(), query),
    'executions.json': executions,
    'state-machines.json': () => machines.map(({ arn, name, definition }) => ({ arn, name, definition })),
    'standings.json': ({ otp, users }) => readStandings(storesOf(deps, otp), users),
    'challenges.json': (query) => readChallenges(chooseOtp(otps, query.otp).trail, query),
    'clock.json': () => ({ now: clock.now(), rate: clock.settings().rate }),
    'faults.json': () => faults.current(),
    'fault-table.json': () => FAULT_ROWS,
    'mails.json': ({ otp }) => mailChoices(mailOf(chooseOtp(otps, otp))),
    'mail-preview.json': (query) => {
      const mail = previewMail(mailOf(chooseOtp(otps, query.otp)), query);
      return { ...mail, ...judgeMail(mail) };
    },
    'dashboard.json': ({ otp }) => {
      const { dashboard } = chooseOtp(otps, otp);
      if (dashboard !== undefined) return dashboard;
      throw new AwsError('ResourceNotFound', 'The template has no dashboard', 404);
    },
    'metrics.json': (query) => readMetrics(metrics.all(), query),
  };
};

const fresh = (contentType: string, body: HttpReply['body']): HttpReply => ({
  status: 200,
  headers: { 'content-type': contentType, 'cache-control': 'no-store' },
  body,
});

const json = (body: LocalAnswers[LocalPath] | { readonly report: string }): HttpReply =>
  fresh('application/json', JSON.stringify(body));

const htmlPart = (inbox: Inbox, path: string): HttpReply | undefined => {
  const [, id = ''] = /^inbox\/([\w-]+)\.html$/.exec(path) ?? [];
  const mail = inbox.get(id);
  return mail && mailFrame(mail.html);
};

/** The whole mail, as programs save it. */
const emlFile = (inbox: Inbox, path: string): HttpReply | undefined => {
  const [, id = ''] = /^inbox\/([\w-]+)\.eml$/.exec(path) ?? [];
  const mail = inbox.get(id);
  return mail && fresh('message/rfc822', writeEml(mail));
};

/** Removes one mail, or all. */
const removeMails = ({ inbox, changes }: LocalApiDependencies, path: string): HttpReply | undefined => {
  const [, messageId] = /^inbox\/([\w-]+)$/.exec(path) ?? [];
  if (messageId === undefined && path !== 'inbox.json') return undefined;
  if (messageId !== undefined && !inbox.remove(messageId)) return undefined;
  if (messageId === undefined) for (const mail of inbox.all()) inbox.remove(mail.messageId);
  changes.announce({ kind: 'mail', ...(messageId !== undefined && { messageId }) });
  return json([]);
};

/** A mail of the app as the page of a frame. */
const previewFrame = (otps: readonly ShownOtp[], query: Query): HttpReply => {
  const { html } = previewMail(mailOf(chooseOtp(otps, query.otp)), query);
  return mailFrame(inTheme(html, query.theme), query.images === 'on' ? 'on' : 'off');
};

/** The same as a file for mail programs. */
const previewFile = (otps: readonly ShownOtp[], query: Query): HttpReply =>
  fresh(
    'message/rfc822',
    writeEml({
      ...previewMail(mailOf(chooseOtp(otps, query.otp)), query),
      messageId: 'preview',
      to: ['alice@example.com'],
      tags: {},
      receivedAt: new Date().toISOString(),
    }),
  );

const isLocalPath = (path: string, answers: Answers): path is LocalPath => Object.hasOwn(answers, path);

/** Everything below `/_local/`. */
export const createLocalApi = (deps: LocalApiDependencies): Route => {
  const answers = answersOf(deps);
  const get = async (path: string, query: Query, headers: Headers): Promise<HttpReply | undefined> => {
    if (path === 'events') return fresh('text/event-stream', openEventStream(deps.changes));
    if (path === 'mail-preview.html') return previewFrame(deps.otps, query);
    if (path === 'mail-preview.eml') return previewFile(deps.otps, query);
    return isLocalPath(path, answers)
      ? json(await answers[path](query, headers))
      : (htmlPart(deps.inbox, path) ?? emlFile(deps.inbox, path));
  };
  return async ({ method, path: pathAndQuery, headers, body }) => {
    const [, path, query] = /^\/_local\/([^?]*)(?:\?(.*))?$/.exec(pathAndQuery) ?? [];
    if (path === undefined) return undefined;
    const values = Object.fromEntries(new URLSearchParams(query));
    if (method === 'GET') return get(path, values, headers);
    if (method === 'DELETE') return removeMails(deps, path);
    if (method === 'POST' && path === 'unlock.json') {
      return json(await unlockUser(storesOf(deps, values.otp), parseJson(body)));
    }
    if (method === 'POST' && path === 'reload' && deps.reload !== undefined) {
      deps.reload.start();
      return { ...fresh('application/json', '{"reload":"started"}'), status: 202 };
    }
    if (method === 'PUT' && path === 'faults.json') return json(deps.faults.set(readFaults(parseJson(body))));
    return undefined;
  };
};
