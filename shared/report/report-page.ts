/** What the page behind the link "this was not me" says. infra writes it into `report.json` beside the function's code. */

/** The section `report` of a language's texts. `{duration}` is in `duration`. */
export interface ReportTexts {
  readonly title: string;
  readonly question: string;
  /** What a report does, with the block. */
  readonly effect: string;
  readonly duration: string;
  readonly box: string;
  readonly button: string;
  /** For a form that came without the tick. */
  readonly tick: string;
  /** The same whether the link was right or not. */
  readonly done: string;
  readonly next: string;
}

export interface ReportPageSettings {
  readonly brandName?: string;
  /** `#rrggbb` */
  readonly accentColor?: string;
  readonly defaultLocale: string;
  /** By BCP 47 tag. */
  readonly texts: Readonly<Record<string, ReportTexts>>;
}

/** The name of the file. */
export const REPORT_PAGE_FILE = 'report.json';
