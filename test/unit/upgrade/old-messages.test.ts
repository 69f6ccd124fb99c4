import { describe, expect, test } from 'vitest';
import { decideNextStep } from '../../../services/define-auth-challenge/decide-next-step.ts';
import { readReport } from '../../../services/record-feedback/read-report.ts';
import { readSession } from '../../../shared/messages/cognito-session.ts';
import { readDelivery, writeDelivery } from '../../../shared/messages/delivery.ts';
import { readFeedback } from '../../../shared/messages/feedback.ts';
import {
  readPrivateParameters,
  writePrivateParameters,
} from '../../../shared/messages/private-parameters.ts';
import { readPublicParameters, writePublicParameters } from '../../../shared/messages/public-parameters.ts';
import { readSessionMetadata, writeSessionMetadata } from '../../../shared/messages/session-metadata.ts';
import { ADDRESS_HASH, DEFAULT_LIMITS } from '../../support/table/challenges.ts';
import OLD from '../../upgrade/c5286e8/messages.json' with { type: 'json' };

// Messages that the release c5286e8 has written, of one sign-in. They are read, and written in the same form.

const { challengeId, round } = OLD.privateChallengeParameters;

describe('of an old sign-in', () => {
  test('the session’s metadata names the challenge, and is written so without a status call', () => {
    const read = readSessionMetadata(OLD.challengeMetadata) ?? expect.unreachable();

    expect(read).toEqual({ challengeId, afterStatus: false });
    expect(writeSessionMetadata(read)).toBe(OLD.challengeMetadata);
  });

  test('the private parameters name challenge and round', () => {
    const read = readPrivateParameters(OLD.privateChallengeParameters) ?? expect.unreachable();

    expect(read).toEqual({ challengeId, round, attempts: 0 });
    expect(writePrivateParameters(read)).toEqual(OLD.privateChallengeParameters);
  });

  test('the public parameters say the same to a client of today', () => {
    const read = readPublicParameters(OLD.publicChallengeParameters);

    expect(read.limited).toBeUndefined();
    expect(writePublicParameters(read)).toEqual(OLD.publicChallengeParameters);
  });

  test('the session goes on after a wrong answer, and gives tokens after a right one', () => {
    const stepAfter = (succeeded: boolean) => {
      const session = readSession([
        ...OLD.session.slice(0, -1),
        { ...OLD.session.at(-1), challengeResult: succeeded },
      ]);
      const signIn = { session, userStatus: 'CONFIRMED', userExists: true, call: 'answer' } as const;
      return decideNextStep(signIn, DEFAULT_LIMITS).kind;
    };

    expect(stepAfter(false)).toBe('challenge');
    expect(stepAfter(true)).toBe('issueTokens');
  });

  test('the workflow’s task is read, and the input of today has all of the old one', () => {
    const input = { ...readDelivery(OLD.task), addressHash: ADDRESS_HASH };

    expect(readDelivery(OLD.task)).toEqual(OLD.task);
    expect(JSON.parse(writeDelivery(input))).toEqual({ ...OLD.workflowInput, addressHash: ADDRESS_HASH });
  });

  test('the reports of SES are read as the old rules pass them on', () => {
    const reports = OLD.reports.map((report) => {
      const mail = readFeedback(report, 'MailSenderConfigurationSet') ?? expect.unreachable();
      return readReport(mail);
    });

    expect(reports.map(({ report }) => report)).toEqual(['ACCEPTED', 'DELIVERED']);
    expect(reports.map((report) => report.challengeId)).toEqual([challengeId, challengeId]);
  });
});
