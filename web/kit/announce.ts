/** Puts a sentence into a live region, so that it is read out. */
import type { Tone } from '../../client/words/notice.ts';
import { byId, setText } from './element.ts';

/** Puts a sentence into the element with this id, which has role status. */
export const announce = (id: string, tone: Tone, text: string): void => {
  const element = byId(id);
  element.dataset.tone = tone;
  setText(element, text);
};
