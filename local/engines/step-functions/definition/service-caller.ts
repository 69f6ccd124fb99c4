/** Calls an AWS service at the local endpoint with exactly the resolved parameters of a state. */
import type { CallService } from './task-resources.ts';

const TARGETS: Readonly<Record<string, string>> = { dynamodb: 'DynamoDB_20120810' };

const errorNamed = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** Does not use the SDK: it would drop unknown parameters and so hide a mistake in the definition. */
export const createServiceCaller =
  (url: string, region: string): CallService =>
  async (service, operation, parameters) => {
    const target = TARGETS[service];
    if (target === undefined) throw errorNamed('States.Runtime', `The local engines do not have ${service}`);
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${target}.${operation}`,
        'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
        authorization: `AWS4-HMAC-SHA256 Credential=local-workflow/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=local`,
      },
      body: JSON.stringify(parameters),
    });
    const body = (await response.json()) as Readonly<Record<string, unknown>>;
    if (response.ok) return body;
    const name = String(body.__type).split('#').at(-1) ?? 'Unknown';
    throw errorNamed(name, String(body.message ?? body.Message ?? name));
  };
