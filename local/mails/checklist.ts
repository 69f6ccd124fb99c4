/** The checks that a mail has to pass, by their numbers. Those that need programs of their own run in the tests. */
import {
  findHeaderProblems,
  findReplyToProblems,
  findSenderProblems,
  findSubjectProblems,
} from './envelope-checks.ts';
import {
  findCodeCellProblems,
  findDetectionProblems,
  findForeignProblems,
  findLanguageProblems,
  findOutlookProblems,
  findPreviewProblems,
  findSizeProblems,
  findStructureProblems,
  findWithoutImagesProblems,
} from './html-checks.ts';
import type { FindProblems } from './judged-mail.ts';
import { findCodeInTextProblems, findDifferenceProblems } from './text-checks.ts';

export interface WrittenCheck {
  readonly number: number;
  /** What holds if nothing is found. */
  readonly says: string;
  readonly find: FindProblems;
}

/** Those that need no more than the mail. */
export const WRITTEN_CHECKS: readonly WrittenCheck[] = [
  {
    number: 1,
    says: 'The subject names the company, is at most 50 characters long, and has no code',
    find: findSubjectProblems,
  },
  { number: 2, says: 'The sender has a name, all in ASCII', find: findSenderProblems },
  { number: 3, says: 'Replies reach somebody', find: findReplyToProblems },
  {
    number: 4,
    says: 'It has the four headers of a mail that a program wrote, and no others',
    find: findHeaderProblems,
  },
  {
    number: 5,
    says: 'The text has the code once, alone on its line, soon after the word for it',
    find: findCodeInTextProblems,
  },
  { number: 6, says: 'The HTML is small', find: findSizeProblems },
  {
    number: 7,
    says: 'Language and direction are said, where Gmail keeps them too',
    find: findLanguageProblems,
  },
  {
    number: 8,
    says: 'It begins with a hidden preheader, and the preview shows no code',
    find: findPreviewProblems,
  },
  {
    number: 9,
    says: 'The code is one text in one cell, from left to right, on one line',
    find: findCodeCellProblems,
  },
  { number: 10, says: 'Phones make no link of the code', find: findDetectionProblems },
  { number: 11, says: 'Nothing runs, and nothing is loaded but the logo', find: findForeignProblems },
  { number: 12, says: 'Company and support are there without images', find: findWithoutImagesProblems },
  { number: 14, says: 'It is written as Outlook draws it', find: findOutlookProblems },
  { number: 18, says: 'It has one heading, and tables only place things', find: findStructureProblems },
  { number: 19, says: 'Text and HTML say the same', find: findDifferenceProblems },
];
