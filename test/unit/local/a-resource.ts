import type { JsonObject } from '../../../local/ground/service.ts';
import type { PhysicalNames, Resource } from '../../../local/ground/template.ts';

/** A resource of a template, with all references resolved. */
export const aResource = (type: string, properties: JsonObject, names: PhysicalNames): Resource => ({
  logicalId: names.ref,
  type,
  properties,
  metadata: {},
  names,
});
