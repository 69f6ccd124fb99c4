/** Fills the placeholders of a text. It also runs in browsers, so it must not need Node. */

/** A text for each plural category of the language (CLDR), such as `one`, `few` and `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Replaces each `{name}` that has a value. A value is never searched for placeholders. */
export const fillText = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  );

/** The form for this number in this language. */
export const pluralOf = (language: string, forms: PluralForms, count: number): string =>
  forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
