import { optionalTextVariable, textVariable } from '../../shared/lambda/config.ts';

/** For both functions of the bundle; each has only what it needs. */
export const envSchema = {
  metricsNamespace: textVariable,
  /** The table with the records of clients, for attaching. */
  tableName: optionalTextVariable,
  /** The SSM parameter that holds what undoes the attaching, for attaching. */
  undoParameter: optionalTextVariable,
  /** What the custom resource would be told, as JSON, for checking. */
  attachment: optionalTextVariable,
} as const;
