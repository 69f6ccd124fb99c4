/** The words for a person after a call of the code step: the news of it, and how that is said. */
import { newsAfter } from '../../../client/news.ts';
import { type AskedCode, describeNews } from '../../../client/words/code-words.ts';
import type { Notice } from '../../../client/words/notice.ts';
import type { ClientCall } from '../../../shared/messages/client-metadata.ts';
import type { CodeChallenge } from '../../../shared/messages/public-parameters.ts';

/** The challenge of the round before, if there was one, decides with. */
export interface AnsweredCall extends AskedCode {
  readonly before?: CodeChallenge | undefined;
}

/** `password` is the first answer, after the password. */
export const toldAfter = (call: ClientCall | 'password', { before, ...asked }: AnsweredCall): Notice => {
  const news = newsAfter(call === 'password' ? undefined : call, asked.challenge, before, asked.now);
  return describeNews(news, asked);
};
