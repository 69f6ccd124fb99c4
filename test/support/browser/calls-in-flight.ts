/** The calls of the code step as the page sends them: which there were, and how to hold one. */
import type { Page, Request, Route } from 'playwright-core';

const ANSWER = /"ANSWER":"([^"]*)"/;

const answerOf = (request: Request): string | undefined => ANSWER.exec(request.postData() ?? '')?.[1];

/** The answers that the page has sent, in order: codes, `status` and `resend`. */
export const watchAnswers = (page: Page): readonly string[] => {
  const answers: string[] = [];
  page.on('request', (request) => {
    const answer = answerOf(request);
    if (answer !== undefined) answers.push(answer);
  });
  return answers;
};

export interface HeldCall {
  /** Resolves when the call is held: it has not arrived at the service, or its response has not arrived at the page. */
  readonly held: Promise<void>;
  /** Lets it go on. If the page is gone meanwhile, nothing happens. */
  release(): void;
}

/**
 * Holds the page's next call with an answer like this one. `request`: on its way to the service, which does not see it until it is
 * released. `response`: on its way back, when the service has done its work.
 */
export const holdCall = async (
  page: Page,
  answer: RegExp,
  where: 'request' | 'response',
): Promise<HeldCall> => {
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isTaken = false;
  // Stays for later calls: without any route, the browser would let go what is held.
  const hold = async (route: Route): Promise<void> => {
    if (isTaken || !answer.test(answerOf(route.request()) ?? '')) return route.fallback();
    isTaken = true;
    const response = where === 'response' ? await route.fetch() : undefined;
    held.resolve();
    await released.promise;
    await (response === undefined ? route.continue() : route.fulfill({ response })).catch(() => {});
  };
  await page.route((url) => url.pathname === '/', hold);
  return { held: held.promise, release: released.resolve };
};
