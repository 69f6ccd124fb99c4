/**
 * Plays what CloudFormation does with the custom resources of a template at a deployment: each start is one. Their functions are told
 * what is new, what has changed and what is gone, and answer at a URL.
 */
import { randomUUID } from 'node:crypto';
import { CommandError, EXIT } from '../../../shared/command/failure.ts';
import { AwsError, type Invoke, isObject, type JsonObject } from '../../ground/service.ts';
import type { Resource, Template } from '../../ground/template.ts';
import { functionsOf } from '../lambda/local-function.ts';
import type { Answers, FunctionAnswer } from './answers.ts';
import type { Deployed, DeployedResources } from './deployed.ts';

export interface CustomResourcesParts {
  readonly template: Template;
  readonly type: string;
  readonly deployed: DeployedResources;
  readonly answers: Pick<Answers, 'expect'>;
  readonly invoke: Invoke;
}

export type ResourceChange =
  | { readonly kind: 'same' }
  | { readonly kind: 'made' }
  | { readonly kind: 'updated' }
  /** `reason` is a sentence about what could not be taken back of it. */
  | { readonly kind: 'gone'; readonly reason?: string };

export interface CustomResources {
  readonly wanted: readonly Resource[];
  /** Makes the resource or updates it. Throws `CommandError` with the function's reason, when the resource is again as it was. */
  deploy(resource: Resource): Promise<ResourceChange>;
  /** Those that were made and are in the template no longer. */
  left(): readonly Deployed[];
  /** One that fails is tried again at the next start. */
  remove(resource: Deployed): Promise<ResourceChange>;
  /** Makes the resource anew the next time if it has this physical id: what that is about is gone. */
  forget(resource: Resource, physicalId: string): void;
}

/** CloudFormation hands on numbers and Booleans as texts. */
const asTexts = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asTexts);
  if (!isObject(value)) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asTexts(one)]));
};

const isSame = (one: JsonObject, other: JsonObject): boolean => JSON.stringify(one) === JSON.stringify(other);

interface Told extends Pick<Deployed, 'name' | 'logicalId' | 'type' | 'properties'> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly OldResourceProperties?: JsonObject;
}

const without = (reason: string): FunctionAnswer => ({ status: 'FAILED', reason, physicalId: '' });

const createTell =
  ({ template, answers, invoke }: CustomResourcesParts) =>
  async ({ name, logicalId, type, properties, ...rest }: Told): Promise<FunctionAnswer> => {
    const { url, take } = answers.expect();
    const ServiceToken = String(properties.ServiceToken);
    const event = {
      ...rest,
      ResponseURL: url,
      StackId: `arn:aws:cloudformation:${template.region}:${template.accountId}:stack/local/${name}`,
      RequestId: randomUUID(),
      LogicalResourceId: logicalId,
      ResourceType: type,
      ServiceToken,
      ResourceProperties: properties,
    };
    try {
      const invocation = await invoke(ServiceToken, event);
      const why = invocation.kind === 'returned' ? 'The function has not answered' : invocation.errorMessage;
      return take() ?? without(why);
    } catch (error) {
      if (error instanceof AwsError) return without(error.message);
      throw error;
    } finally {
      take();
    }
  };

export const createCustomResources = (parts: CustomResourcesParts): CustomResources => {
  const { template, type, deployed } = parts;
  const wanted = template.ofType(type);
  const tell = createTell(parts);

  const give = async (resource: Deployed): Promise<FunctionAnswer> => {
    const { physicalId: PhysicalResourceId } = resource;
    return tell({ ...told(resource), RequestType: 'Delete', PhysicalResourceId });
  };
  const make = async (resource: Deployed): Promise<ResourceChange> => {
    const { status, reason, physicalId } = await tell({ ...told(resource), RequestType: 'Create' });
    if (status === 'SUCCESS') {
      deployed.put({ ...resource, physicalId });
      return { kind: 'made' };
    }
    // As CloudFormation rolls back. What becomes of that is not the reason.
    await give({ ...resource, physicalId });
    throw new CommandError(reason, EXIT.failed);
  };
  const update = async (resource: Deployed, before: Deployed): Promise<ResourceChange> => {
    const { physicalId: PhysicalResourceId, properties: OldResourceProperties } = before;
    const change = { RequestType: 'Update', PhysicalResourceId, OldResourceProperties } as const;
    const { status, reason, physicalId } = await tell({ ...told(resource), ...change });
    if (status === 'FAILED') {
      await tell({ ...told(before), ...change, OldResourceProperties: resource.properties });
      throw new CommandError(reason, EXIT.failed);
    }
    deployed.put({ ...resource, physicalId });
    if (physicalId !== before.physicalId) await give({ ...before, fn: resource.fn });
    return { kind: 'updated' };
  };
  return {
    wanted,
    deploy: async ({ names: { ref: name }, logicalId, properties: given }) => {
      const properties = asTexts(given) as JsonObject;
      const before = deployed.get(name);
      const fn = functionsOf(template).find(({ arn }) => arn === properties.ServiceToken);
      const resource: Deployed = { name, logicalId, type, properties, physicalId: '', fn };
      if (before === undefined) return make(resource);
      return isSame(before.properties, properties) ? { kind: 'same' } : update(resource, before);
    },
    left: () => {
      const names = new Set(wanted.map(({ names: { ref } }) => ref));
      return deployed.all().filter(({ name }) => !names.has(name));
    },
    remove: async (resource) => {
      const { status, reason } = await give(resource);
      if (status === 'FAILED') return { kind: 'gone', reason };
      deployed.delete(resource.name);
      return { kind: 'gone' };
    },
    forget: ({ names: { ref } }, physicalId) => {
      if (deployed.get(ref)?.physicalId === physicalId) deployed.delete(ref);
    },
  };
};

const told = ({ name, logicalId, type, properties }: Deployed) => ({ name, logicalId, type, properties });
