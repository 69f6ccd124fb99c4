/** Answers the requests to the function's URL. */
import { readReportLink } from '../../../shared/report/report-link.ts';
import type { createReportPage, PageKind } from './page.ts';
import { readReportRequest, type UrlEvent } from './read-request.ts';
import { type Dependencies as ReportDependencies, type ReportOutcome, takeReport } from './take-report.ts';

export interface Dependencies extends ReportDependencies {
  readonly page: ReturnType<typeof createReportPage>;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<unknown>;
}

export interface UrlReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answered {
  readonly reply: UrlReply;
  readonly outcome: ReportOutcome | { readonly kind: 'page' | 'notSent' };
}

/**
 * Milliseconds that every report takes at least: longer than its writes, of which a wrong link has fewer. So the time tells nobody
 * whether a link was right.
 */
export const REPORT_MS = 500;

const replyWith = (
  { page }: Dependencies,
  { headers = {}, requestContext }: UrlEvent,
  kind: PageKind,
  statusCode: number,
): UrlReply => {
  const written = page(kind, headers['accept-language']);
  return {
    statusCode,
    headers: { ...written.headers, ...(statusCode === 405 && { allow: 'GET, HEAD, POST' }) },
    body: requestContext?.http?.method === 'HEAD' ? '' : written.html,
  };
};

/** Only a ticked form that comes from our own page does something; whatever it does, the reply to it is the same. */
export const answerRequest = async (
  dependencies: Dependencies,
  event: UrlEvent,
  requestId: string,
): Promise<Answered> => {
  const request = readReportRequest(event);
  if (request.kind === 'page') {
    return { reply: replyWith(dependencies, event, 'form', 200), outcome: { kind: 'page' } };
  }
  if (request.kind === 'refused') {
    return {
      reply: replyWith(dependencies, event, 'untouched', request.status),
      outcome: { kind: 'notSent' },
    };
  }
  const link = readReportLink(event.rawQueryString ?? '');
  const waited = dependencies.wait(REPORT_MS);
  const taken: Promise<ReportOutcome> =
    link === undefined ? Promise.resolve({ kind: 'refused' }) : takeReport(dependencies, link, requestId);
  // A report that fails takes as long, too.
  const outcome = await taken.finally(() => waited);
  return { reply: replyWith(dependencies, event, 'done', 200), outcome };
};
