/** What the person is told, in the language of the page. */
import { ENGLISH, type Wording } from 'cognito-email-otp/client/words';
import de from 'cognito-email-otp/texts/de.json' with { type: 'json' };

const GERMAN: Wording = { language: 'de', words: de.words };

export const WORDING: Wording = document.documentElement.lang === 'de' ? GERMAN : ENGLISH;
