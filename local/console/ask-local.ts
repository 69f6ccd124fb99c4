/** Sends typed requests to the local system's own interface. */
import { requestJson } from '../../web/kit/http.ts';
import type { FaultChange, LocalAnswers, LocalPath, LocalQuery } from '../api/types.ts';

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
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });

/** The path of the server-sent events, one for each change. */
export const EVENTS_PATH = '_local/events';

/** Returns the path of a mail's HTML part. */
export const htmlPartPath = (messageId: string): string =>
  `_local/inbox/${encodeURIComponent(messageId)}.html`;
