/** Reads what came to the function's URL: anybody may call it, and mail scanners open every link. */

/** Lambda's event for a function URL, payload format 2.0, as far as it is read. Names of headers are in lower case. */
export interface UrlEvent {
  readonly rawQueryString?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly requestContext?: { readonly http?: { readonly method?: string } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/**
 * `page`: somebody, or a scanner, opens the link. `refused`: a form that no person has ticked and sent from our page. Only `report`
 * does something.
 */
export type ReportRequest =
  | { readonly kind: 'page' | 'report' }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 405 | 413 | 415 };

/** The form field of the box, and its value if it is ticked. */
export const BOX = { name: 'notMe', value: 'yes' } as const;

const FORM = 'application/x-www-form-urlencoded';
/** Bytes. The form has one field, with a few of them. */
const MAX_BODY = 256;

/** Browsers send where a form comes from, and no page can change it; `none`: from the address bar (W3C, Fetch Metadata). */
const OWN_SITES: readonly (string | undefined)[] = [undefined, 'none', 'same-origin'];

const refused = (status: Extract<ReportRequest, { readonly kind: 'refused' }>['status']): ReportRequest => ({
  kind: 'refused',
  status,
});

export const readReportRequest = ({
  headers = {},
  requestContext,
  body = '',
  isBase64Encoded = false,
}: UrlEvent): ReportRequest => {
  const method = requestContext?.http?.method;
  if (method === 'GET' || method === 'HEAD') return { kind: 'page' };
  if (method !== 'POST') return refused(405);
  if (!OWN_SITES.includes(headers['sec-fetch-site'])) return refused(403);
  if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== FORM) return refused(415);
  const sent = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (sent.length > MAX_BODY) return refused(413);
  const [ticked, ...others] = new URLSearchParams(sent.toString()).getAll(BOX.name);
  return ticked === BOX.value && others.length === 0 ? { kind: 'report' } : refused(400);
};
