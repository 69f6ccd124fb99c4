/** Resources as CloudFormation will get them, with overrides and what aspects changed. */
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export type Properties = Readonly<Record<string, unknown>>;

export const propertiesOf = (resource: CfnResource): Properties => {
  const { Resources = {} } = Stack.of(resource).resolve(resource._toCloudFormation()) as {
    readonly Resources?: Readonly<Record<string, { readonly Properties?: Properties }>>;
  };
  return Object.values(Resources)[0]?.Properties ?? {};
};

/** The path of the construct that the app created: the L2 construct if there is one. */
export const nameOf = ({ node }: IConstruct): string =>
  node.id === 'Resource' && node.scope ? node.scope.node.path : node.path;

/** Everything that is synthesized together with `construct`, in any stack. */
export const constructsBeside = (construct: IConstruct): readonly IConstruct[] =>
  (Stage.of(construct) ?? construct.node.root).node.findAll();

/** The resources of a type that the app has by now, in any stack. */
export const resourcesBeside = (construct: IConstruct, type: string): readonly CfnResource[] =>
  constructsBeside(construct)
    .filter((one): one is CfnResource => CfnResource.isCfnResource(one))
    .filter(({ cfnResourceType }) => cfnResourceType === type);

/** A property that is an object; an empty one if it is absent or is known only at deployment. */
export const objectOf = (value: unknown): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};

/** A property that is a list of strings; what is known only at deployment is an element as JSON. */
export const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((element) =>
    typeof element === 'string' ? element : JSON.stringify(element),
  );
