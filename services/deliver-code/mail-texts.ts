/** The texts of the mail, by language. The subject has no code, because lock screens and SES's events show it. */

export interface MailTexts {
  readonly subject: string;
  readonly lead: string;
  readonly validity: (minutes: number) => string;
  /** `time` tells a mail from earlier ones, whose codes may no longer work. */
  readonly sent: (time: string) => string;
  readonly secrecy: string;
  readonly notYou: string;
}

const en: MailTexts = {
  subject: 'Your sign-in code',
  lead: 'Enter this code to finish signing in:',
  validity: (minutes) =>
    minutes === 1
      ? 'It works once, within the next minute.'
      : `It works once, within the next ${minutes} minutes.`,
  sent: (time) => `Sent at ${time}. If you have several such mails, use the newest.`,
  secrecy: 'Never pass this code on. Nobody who works for us will ask you for it.',
  notYou: 'Was it not you who tried to sign in? Then somebody knows your password: change it now.',
};

const de: MailTexts = {
  subject: 'Ihr Anmeldecode',
  lead: 'Geben Sie diesen Code ein, um die Anmeldung abzuschließen:',
  validity: (minutes) =>
    minutes === 1
      ? 'Er gilt einmal und noch eine Minute lang.'
      : `Er gilt einmal und noch ${minutes} Minuten lang.`,
  sent: (time) => `Gesendet um ${time}. Haben Sie mehrere solche Mails, nehmen Sie die neueste.`,
  secrecy: 'Geben Sie diesen Code nie weiter. Wir fragen Sie niemals danach.',
  notYou: 'Sie wollten sich gar nicht anmelden? Dann kennt jemand Ihr Passwort: Ändern Sie es jetzt.',
};

const es: MailTexts = {
  subject: 'Su código de acceso',
  lead: 'Introduzca este código para terminar de iniciar sesión:',
  validity: (minutes) =>
    minutes === 1
      ? 'Sirve una sola vez y caduca dentro de un minuto.'
      : `Sirve una sola vez y caduca dentro de ${minutes} minutos.`,
  sent: (time) => `Enviado a las ${time}. Si tiene varios correos como este, use el más reciente.`,
  secrecy: 'No comparta nunca este código. Nunca se lo pediremos.',
  notYou: '¿No ha sido usted? Entonces alguien conoce su contraseña: cámbiela ahora.',
};

const fr: MailTexts = {
  subject: 'Votre code de connexion',
  lead: 'Saisissez ce code pour terminer la connexion :',
  validity: (minutes) =>
    minutes === 1
      ? 'Il est valable une seule fois, encore une minute.'
      : `Il est valable une seule fois, encore ${minutes} minutes.`,
  sent: (time) => `Envoyé à ${time}. Si vous avez plusieurs messages de ce type, utilisez le plus récent.`,
  secrecy: 'Ne communiquez jamais ce code. Nous ne vous le demanderons jamais.',
  notYou: 'Ce n’est pas vous ? Alors quelqu’un connaît votre mot de passe : changez-le maintenant.',
};

const languages: Readonly<Record<string, MailTexts>> = { en, de, es, fr };

/** The texts for the language of a BCP 47 locale, or English if there are none. Its first subtag is the language. */
export const textsFor = (locale: string): { readonly language: string; readonly texts: MailTexts } => {
  const language = /^[a-z]+(?![a-z\d])/i.exec(locale)?.[0].toLowerCase() ?? '';
  const texts = Object.hasOwn(languages, language) ? languages[language] : undefined;
  return texts === undefined ? { language: 'en', texts: en } : { language, texts };
};
