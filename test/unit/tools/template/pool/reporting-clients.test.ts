import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envSchema } from '../../../../../services/guard-tokens/config.ts';
import { writeReportingClients } from '../../../../../shared/clients/reporting-clients.ts';
import { readConfig } from '../../../../../shared/lambda/config.ts';
import { parametersOf } from '../../../../../tools/template/parameters.ts';
import { aTemplate, deployTemplate } from '../a-deployment.ts';

const { allowedPattern, default: fallback } = parametersOf('existing').ReportingClients ?? {};
const PATTERN = new RegExp(`${allowedPattern}`);
const takes = (text: string): boolean => PATTERN.test(text);

/** What the guard's environment and the output have when the template is deployed with these clients. */
const deployed = (ReportingClients: string) => {
  const { ofType, outputs } = deployTemplate(aTemplate('existing'), { ReportingClients });
  const guard = ofType('AWS::Lambda::Function').find(({ Code }) =>
    JSON.stringify(Code).includes('guard-tokens-'),
  );
  const { Variables } = (guard ?? expect.unreachable()).Environment as {
    readonly Variables: Readonly<Record<string, string>>;
  };
  return {
    variable: Variables.REPORTING_CLIENTS ?? '',
    read: readConfig(envSchema, Variables).reportingClients,
    output: outputs.ReportingClients,
  };
};

const id = fc.stringMatching(/^[\w+]{1,30}$/);
const day = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const pairs = fc.uniqueArray(fc.tuple(id, day), {
  minLength: 1,
  maxLength: 40,
  selector: ([client]) => client,
});
const written = (given: readonly (readonly [string, string])[]): string =>
  given.map((pair) => pair.join('=')).join(',');

describe('clients that report', () => {
  it('come to the guard and to the commands as the construct writes them', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const clients = Object.fromEntries(
          given.map(([client, until]) => [client, { until: `${until}T00:00:00.000Z` }]),
        );
        expect(takes(written(given))).toBe(true);
        const { variable, read, output } = deployed(written(given));

        expect(JSON.parse(variable)).toEqual(JSON.parse(writeReportingClients(clients)));
        expect(new Map(read)).toEqual(new Map(given.map(([client, until]) => [client, Date.parse(until)])));
        expect(JSON.parse(output ?? '')).toEqual(clients);
      }),
      { numRuns: 30 },
    );
  });

  it('are the same text as there, too', () => {
    const until = { until: '2027-03-31T00:00:00.000Z' };

    expect(deployed('web=2027-03-31,app=2027-03-31')).toMatchObject({
      variable: writeReportingClients({ web: until, app: until }),
      output: JSON.stringify({ web: until, app: until }),
    });
  });

  it('are none if nothing is given', () => {
    expect(fallback).toBe('');
    expect(takes('')).toBe(true);
    expect(deployed('')).toEqual({ variable: '', read: undefined, output: '{}' });
  });

  it('have a day of the calendar, and no other', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(14), fc.nat(33), (year, month, date) => {
        const text = [2000 + year, month, date].map((part) => String(part).padStart(2, '0')).join('-');
        const at = Date.parse(`${text}T00:00:00Z`);
        const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);

        expect(takes(`client1=${text}`), text).toBe(isDay);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['2028-02-29', '2000-02-29', '2027-04-30', '2027-12-31'])('may report until %s', (until) => {
    expect(takes(`client1=${until}`)).toBe(true);
  });

  it.each([
    ['a client without a day', 'client1'],
    ['a client without a name', '=2027-03-31'],
    ['a day that there is not', 'client1=2027-02-29'],
    ['a year of the last century', 'client1=1999-12-31'],
    ['a time', 'client1=2027-03-31T00:00:00Z'],
    ['one wrong client of several', 'client1=2027-03-31,client2=2027-04-31'],
    ['a client twice', 'a=2027-03-31,client1=2027-03-31,b=2027-03-31,client1=2027-04-30'],
    ['a client twice with one day', 'client1=2027-03-31,client1=2027-03-31'],
    ['a space', 'client1=2027-03-31, client2=2027-03-31'],
    ['a comma too many', 'client1=2027-03-31,'],
    ['a line too many', 'client1=2027-03-31\n'],
    ['a quotation mark', 'client"1=2027-03-31'],
    ['JSON', '{"client1":"2027-03-31T00:00:00Z"}'],
    ['digits of another script', 'client1=2027-03-3\u0661'],
    ['an id that is too long', `${'c'.repeat(129)}=2027-03-31`],
  ])('are not %s', (_, text) => {
    expect(takes(text)).toBe(false);
  });

  it('may have ids of which one ends or begins like the other', () => {
    expect(takes('client1=2027-03-31,1=2027-03-31,client=2027-03-31,client11=2027-03-31')).toBe(true);
  });

  it('fit into the guard’s environment, however many there are', () => {
    const many = (count: number, length: number) =>
      written(
        Array.from({ length: count }, (__, index) => [String(index).padStart(length, 'c'), '2027-03-31']),
      );

    expect(takes(many(51, 2))).toBe(false);
    expect(takes(many(50, 28))).toBe(true);
    expect(takes(many(50, 30))).toBe(false);
    expect(takes(many(14, 128))).toBe(true);
    expect(deployed(many(50, 28)).variable.length).toBeLessThan(3000);
  });
});
