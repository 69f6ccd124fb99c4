/** HTML from a template that escapes whatever is put into it. */

/** HTML that is as it should be. Every other text is escaped. */
export interface Html {
  readonly html: string;
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

type Value = string | number | Html | readonly Html[];

const write = (value: Value): string => {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replaceAll(/[&<>"]/g, (sign) => ESCAPED[sign] ?? sign);
  return 'html' in value ? value.html : value.map((part) => part.html).join('\n');
};

/** Joins a template and its values. In attributes they have to stand in double quotes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  html: parts.map((part, index) => `${part}${write(values[index] ?? '')}`).join(''),
});
