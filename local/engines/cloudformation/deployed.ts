/** The custom resources that were made, kept for the day on which they leave the app: by then their function has left it, too. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../ground/service.ts';
import type { Documents, State } from '../../ground/state.ts';
import type { Template } from '../../ground/template.ts';
import { functionsOf, type LocalFunction } from '../lambda/local-function.ts';

export interface Deployed {
  /** Its name in the local system, which no other has. */
  readonly name: string;
  readonly logicalId: string;
  readonly type: string;
  /** As the function was told, the last time that it agreed. */
  readonly properties: JsonObject;
  readonly physicalId: string;
  /** Undefined if the function is not in the app: such a resource was never made. */
  readonly fn: LocalFunction | undefined;
}

export interface DeployedResources {
  get(name: string): Deployed | undefined;
  all(): readonly Deployed[];
  /** Keeps a copy of the function's code, too. */
  put(resource: Deployed): void;
  delete(name: string): void;
}

const documentsOf = (state: State): Documents<Deployed> => state.documents('custom-resource');

/** `folder` is the one with the state. */
export const createDeployed = (state: State, folder: string): DeployedResources => {
  const documents = documentsOf(state);
  const codeOf = (name: string) => join(folder, 'custom-resources', encodeURIComponent(name));
  return {
    get: documents.get,
    all: documents.all,
    put: (resource) => {
      const { name, fn } = resource;
      const codeFolder = codeOf(name);
      if (fn !== undefined && fn.codeFolder !== codeFolder) {
        rmSync(codeFolder, { recursive: true, force: true });
        cpSync(fn.codeFolder, codeFolder, { recursive: true });
      }
      documents.put(name, { ...resource, fn: fn && { ...fn, codeFolder } });
    },
    delete: (name) => {
      documents.delete(name);
      rmSync(codeOf(name), { recursive: true, force: true });
    },
  };
};

/** The functions of resources that have left the app. They have yet to take back what they did. */
export const functionsToTakeBack = (state: State, template: Template): readonly LocalFunction[] => {
  const present = new Set(functionsOf(template).map(({ arn }) => arn));
  const left = documentsOf(state)
    .all()
    .flatMap(({ fn }) => (fn === undefined || present.has(fn.arn) ? [] : [fn]));
  return [...new Map(left.map((fn) => [fn.arn, fn])).values()];
};
