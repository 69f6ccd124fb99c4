/** A mail with all that the person's mail program gets of it, as the checks look at it. */
import type { MailPreview } from './mail-preview.ts';

export type JudgedMail = MailPreview;

/** Looks at one thing of a mail, and returns a sentence for each problem. */
export type FindProblems = (mail: JudgedMail) => readonly string[];

/** The sentences of the conditions that do not hold. */
export const unless = (...conditions: readonly (readonly [boolean, string])[]): readonly string[] =>
  conditions.filter(([holds]) => !holds).map(([, problem]) => problem);

/** What `text` has of `part`, which is not empty. */
export const timesIn = (text: string, part: string): number => text.split(part).length - 1;
