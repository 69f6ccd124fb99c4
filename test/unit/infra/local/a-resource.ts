import type { JsonObject } from '../../../../infra/local/service.ts';
import type { PhysicalNames, Resource } from '../../../../infra/local/template.ts';

/** A resource of a template, with everything resolved. */
export const aResource = (type: string, properties: JsonObject, names: PhysicalNames): Resource => ({
  logicalId: names.ref,
  type,
  properties,
  metadata: {},
  names,
});
