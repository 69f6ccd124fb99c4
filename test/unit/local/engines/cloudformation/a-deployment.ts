import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnswers } from '../../../../../local/engines/cloudformation/answers.ts';
import { createCustomResources } from '../../../../../local/engines/cloudformation/custom-resources.ts';
import { createDeployed } from '../../../../../local/engines/cloudformation/deployed.ts';
import { AwsError, type Invocation, type JsonObject } from '../../../../../local/ground/service.ts';
import type { State } from '../../../../../local/ground/state.ts';
import type { Resource, Template } from '../../../../../local/ground/template.ts';
import { aResource } from '../../a-resource.ts';

export const TYPE = 'Custom::Thing';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:Attach';

/** What a function is told, in the order in which it is. */
export interface Told extends JsonObject {
  readonly RequestType: string;
  readonly ResponseURL: string;
  readonly ResourceProperties: JsonObject;
}

/** What the function answers; undefined for nothing. */
export type Behaviour = (told: Told) => JsonObject | undefined;

/** By default the physical id is that of the pool, and everything goes well. */
export const agrees: Behaviour = ({ ResourceProperties: { UserPoolId } }) => ({
  Status: 'SUCCESS',
  PhysicalResourceId: UserPoolId,
});

export const refuses =
  (Reason: string): Behaviour =>
  (told) => ({ ...agrees(told), Status: 'FAILED', Reason });

export const aTemplate = (resources: Readonly<Record<string, JsonObject>>, hasFunction = true): Template => {
  const codeFolder = mkdtempSync(join(tmpdir(), 'code-'));
  mkdirSync(codeFolder, { recursive: true });
  writeFileSync(join(codeFolder, 'index.mjs'), '// the code');
  const fn: Resource = {
    ...aResource(
      'AWS::Lambda::Function',
      { Handler: 'index.handler', Code: { S3Key: 'code' } },
      { ref: 'Attach', attributes: { Arn: FUNCTION_ARN } },
    ),
    assets: { folder: codeFolder, byKey: { code: codeFolder }, unpacked: codeFolder },
  };
  const things = Object.entries(resources).map(([ref, properties]) =>
    aResource(TYPE, { ServiceToken: FUNCTION_ARN, ...properties }, { ref, attributes: {} }),
  );
  return {
    region: 'us-east-1',
    accountId: '000000000000',
    outputs: {},
    ofType: (type) => (type === TYPE ? things : type.endsWith('Function') && hasFunction ? [fn] : []),
  };
};

/** One start of the local system in this folder: its custom resources, and what their function is told. */
export const aDeployment = (
  { state, folder }: { readonly state: State; readonly folder: string },
  template: Template,
  behave: Behaviour = agrees,
) => {
  const told: Told[] = [];
  const answers = createAnswers('http://127.0.0.1:4566');
  const invoke = async (functionArn: string, event: unknown): Promise<Invocation> => {
    if (functionArn !== FUNCTION_ARN) throw new AwsError('ResourceNotFoundException', `No ${functionArn}`);
    const asked = event as Told;
    told.push(asked);
    const answer = behave(asked);
    if (answer === undefined) return { kind: 'failed', errorType: 'Error', errorMessage: 'It broke' };
    const path = asked.ResponseURL.replace('http://127.0.0.1:4566', '');
    const body = Buffer.from(JSON.stringify(answer));
    await answers.route({ method: 'PUT', path, headers: {}, body, requestId: 'r' });
    return { kind: 'returned', payload: null };
  };
  const deployed = createDeployed(state, folder);
  const resources = createCustomResources({ template, type: TYPE, deployed, answers, invoke });
  return { resources, deployed, told };
};
