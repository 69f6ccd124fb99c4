/** Keeps a page up to date: server-sent events say that something changed, and the page fetches its content again. */
import { byId, setText } from '../../web/kit/element.ts';
import { wordsFor } from '../../web/kit/http.ts';
import type { Change } from '../api/types.ts';
import { EVENTS_PATH } from './ask-local.ts';
import { showFaultsBanner, startFrame } from './frame/frame.ts';

const RETRY_MS = 2_000;

/** Runs one refresh at a time. Calls during a refresh lead to one more. */
const coalesce = (refresh: () => Promise<void>): (() => Promise<void>) => {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await refresh();
    }
    running = false;
  };
};

/**
 * Puts the frame around the page. Calls `refresh` at once, at each of the events and of the faults, and after a lost connection is open again. A hidden page closes its
 * connection: a browser opens only six to one server, and other tabs need them. The page's `live` element says whether
 * the page is up to date. Returns a function that refreshes at any other moment.
 */
export const keepLive = (
  events: readonly Change['kind'][],
  refresh: () => Promise<void>,
): (() => Promise<void>) => {
  let source: EventSource | undefined;
  const status = byId('live');
  startFrame();
  const update = coalesce(async () => {
    try {
      await Promise.all([refresh(), showFaultsBanner()]);
      status.dataset.state = 'on';
      setText(status, 'Live');
    } catch (error) {
      status.dataset.state = 'off';
      setText(status, wordsFor(error));
    }
  });

  const connect = () => {
    const opened = new EventSource(EVENTS_PATH);
    source = opened;
    opened.onopen = () => void update();
    for (const event of new Set([...events, 'faults' as const]))
      opened.addEventListener(event, () => void update());
    opened.onerror = () => {
      void update();
      // The browser connects again by itself, but not after a refusal.
      if (opened.readyState === EventSource.CLOSED && source === opened) setTimeout(reconnect, RETRY_MS);
    };
  };
  const reconnect = () => {
    source?.close();
    source = undefined;
    if (!document.hidden) connect();
  };

  document.addEventListener('visibilitychange', reconnect);
  reconnect();
  void update();
  return update;
};
