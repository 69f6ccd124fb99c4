/** A sentence for the person, and how it is meant. */

/** `bad`: something has to be done differently. */
export type Tone = 'plain' | 'good' | 'bad';

export interface Notice {
  readonly tone: Tone;
  readonly text: string;
}

export const plain = (text: string): Notice => ({ tone: 'plain', text });
export const good = (text: string): Notice => ({ tone: 'good', text });
export const bad = (text: string): Notice => ({ tone: 'bad', text });
