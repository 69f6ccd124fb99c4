/** A text for the person who signs in, and its tone. */

/** `bad` means that something went wrong. */
export type Tone = 'plain' | 'good' | 'bad';

export interface Notice {
  readonly tone: Tone;
  readonly text: string;
}

export const plain = (text: string): Notice => ({ tone: 'plain', text });
export const good = (text: string): Notice => ({ tone: 'good', text });
export const bad = (text: string): Notice => ({ tone: 'bad', text });
