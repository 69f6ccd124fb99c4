import en from '../../shared/texts/en.json' with { type: 'json' };
import type { Wording } from './wording.ts';

/** English, with times as in Britain: `14:03`. */
export const ENGLISH: Wording = { language: 'en-GB', words: en.words };
