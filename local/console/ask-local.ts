/** Sends typed requests to the local system's own interface. */
import { requestJson } from '../../web/kit/http.ts';
import type { FaultChange, LocalAnswers, LocalPath, LocalQuery, UnlockInput } from '../api/types.ts';

const JSON_BODY = { 'content-type': 'application/json' };

/** Rejects with a RequestError. */
export const askLocal = <Path extends LocalPath>(
  path: Path,
  query?: LocalQuery<Path>,
): Promise<LocalAnswers[Path]> => {
  const search = query === undefined ? '' : `?${new URLSearchParams({ ...query })}`;
  return requestJson<LocalAnswers[Path]>(`_local/${path}${search}`);
};

/** Sets some of the faults and returns all. Rejects with a RequestError. */
export const changeFaults = (change: FaultChange): Promise<LocalAnswers['faults.json']> =>
  requestJson<LocalAnswers['faults.json']>('_local/faults.json', {
    method: 'PUT',
    headers: JSON_BODY,
    body: JSON.stringify(change),
  });

/** Unlocks a user of the chosen `EmailOtp` and returns what was done. Rejects with a RequestError. */
export const askToUnlock = (
  input: UnlockInput,
  query: { readonly otp?: string },
): Promise<{ readonly report: string }> =>
  requestJson(`_local/unlock.json?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify(input),
  });

/** Deletes one mail, or all. Rejects with a RequestError. */
export const deleteMails = async (messageId?: string): Promise<void> => {
  const path = messageId === undefined ? 'inbox.json' : `inbox/${encodeURIComponent(messageId)}`;
  await requestJson(`_local/${path}`, { method: 'DELETE' });
};

/** The path of all runbooks: their Markdown by their names. */
export const RUNBOOKS_PATH = './runbooks.json';

/** The path of the server-sent events, one for each change. */
export const EVENTS_PATH = '_local/events';

/** Returns the path of a mail's HTML part. */
export const htmlPartPath = (messageId: string): string =>
  `_local/inbox/${encodeURIComponent(messageId)}.html`;

/** Returns the path at which a mail is downloaded as a file. */
export const mailFilePath = (messageId: string): string =>
  `_local/inbox/${encodeURIComponent(messageId)}.eml`;

/** Returns the path of one of the app's mails, as its HTML alone or as a file for mail programs. */
export const mailPreviewPath = (form: 'html' | 'eml', query: LocalQuery<'mail-preview.json'>): string =>
  `_local/mail-preview.${form}?${new URLSearchParams({ ...query })}`;
