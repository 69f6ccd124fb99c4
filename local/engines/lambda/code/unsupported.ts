/** What a template may ask of a function that cannot be played here, so that sign-ins would go another way than on AWS. */
import { isObject } from '../../../ground/service.ts';
import type { Resource } from '../../../ground/template.ts';
import { functionCodeOf, isThere } from './function-code.ts';

/** The local system runs on one Node.js, which stands for these of Lambda. */
export const isNodeRuntime = (runtime: unknown): boolean => /^nodejs(?:18|2\d)\.x$/.test(String(runtime));

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

const codeProblem = (resource: Resource): readonly string[] => {
  const { Code, PackageType, Runtime } = resource.properties;
  if (PackageType === 'Image' || (isObject(Code) && Code.ImageUri !== undefined)) {
    return ['is a container image. Give it code for Node.js, or leave it out of the local app'];
  }
  if (Runtime !== undefined && !isNodeRuntime(Runtime)) {
    return [
      `is for ${Runtime}; Node.js from 18 on runs here. Leave it out of the app that you synthesize for the local system`,
    ];
  }
  const code = functionCodeOf(resource);
  if (code !== undefined && isThere(code)) return [];
  const missing = code?.packed?.kind === 'zip' ? code.packed.file : code?.folder;
  return [
    missing === undefined
      ? 'has its code in a bucket. Synthesize the app on this machine, or put the zip beside the template'
      : `has its code in ${missing}, which is not there. Synthesize the app again`,
  ];
};

/** Each problem is a sentence without its subject, and what to do. */
export const unsupportedByFunction = (resource: Resource): readonly string[] => {
  const { Layers, FileSystemConfigs, ReservedConcurrentExecutions } = resource.properties;
  return [
    ...codeProblem(resource),
    ...(isFilled(Layers)
      ? ['has layers (Layers), which are not loaded here. Bundle what it needs with it']
      : []),
    ...(isFilled(FileSystemConfigs)
      ? ['has a file system (FileSystemConfigs), which is not mounted here. Create it without one']
      : []),
    ...(ReservedConcurrentExecutions === 0
      ? ['is never invoked (ReservedConcurrentExecutions is 0). Create it without that limit']
      : []),
  ];
};
