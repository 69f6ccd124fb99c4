/** What a mail says, in the order in which its text and its HTML say it. */
import type { Brand } from './mail-settings.ts';

/** Where a part of the letter stands: on the card, there in small letters, or below the card. */
export type Rank = 'card' | 'quiet' | 'foot';

export type Block =
  | { readonly kind: 'sentence'; readonly rank: Rank; readonly text: string }
  | { readonly kind: 'code'; readonly code: string }
  /** Words that lead to an address. The text part has the address below them. */
  | { readonly kind: 'link'; readonly rank: Rank; readonly text: string; readonly url: string }
  /** A sentence with an address in it, which people can read in both parts. */
  | {
      readonly kind: 'address';
      readonly rank: Rank;
      readonly before: string;
      readonly url: string;
      readonly after: string;
    };

export interface Letter {
  /** BCP 47. */
  readonly language: string;
  readonly subject: string;
  /** What lists of mails and notifications show beside the subject. */
  readonly preheader: string;
  readonly title: string;
  readonly brand: Brand | undefined;
  readonly blocks: readonly Block[];
}
