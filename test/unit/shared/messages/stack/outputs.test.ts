import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  otpNamed,
  pickOutputs,
  readLocalOutputs,
  readStackOutputs,
  writeLocalOutputs,
} from '../../../../../shared/messages/stack/outputs.ts';

describe('the local system’s outputs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read as they were written', () => {
    const outputs = {
      ...{ endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', inbox: 'http://127.0.0.1:4566/inbox' },
      ...{ UserPoolId: 'us-east-1_local', TableName: 'otp-table' },
    };

    writeLocalOutputs(folder, outputs);

    expect(readLocalOutputs(folder)).toEqual(outputs);
  });

  it('are missing where no system was started', () => {
    expect(readLocalOutputs(join(folder, 'elsewhere'))).toBeUndefined();
  });
});

describe('a stack’s outputs', () => {
  const found = { TableName: 'otp-table', UserPoolId: 'eu-west-1_a', DashboardUrl: '' };

  it('are read by their whole names', () => {
    const outputs = [{ OutputKey: 'EmailOtpTableName', OutputValue: 'otp-table' }, { OutputKey: 'Empty' }];

    expect(readStackOutputs(outputs)).toEqual({ EmailOtpTableName: 'otp-table', Empty: '' });
  });

  it('are picked by their names', () => {
    expect(pickOutputs(found, ['TableName'])).toEqual({ TableName: 'otp-table' });
    expect(pickOutputs(found, [])).toEqual({});
  });

  it('are missing as a whole if one of them is missing or empty', () => {
    expect(pickOutputs(found, ['TableName', 'StateMachineArn'])).toBeUndefined();
    expect(pickOutputs(found, ['TableName', 'DashboardUrl'])).toBeUndefined();
  });
});

it('an EmailOtp is meant by its id, its path, or the last part of the path if no other has it', () => {
  const otps = [
    { id: 'A1', path: 'Shop/One/Codes' },
    { id: 'B2', path: 'Shop/Two/Codes' },
    { id: 'C3', path: 'Shop/Staff' },
  ];
  const idOf = (name: string) => otpNamed(otps, name)?.id;

  expect(['A1', 'Shop/Two/Codes', 'Staff'].map(idOf)).toEqual(['A1', 'B2', 'C3']);
  expect(idOf('Codes')).toBeUndefined();
});
