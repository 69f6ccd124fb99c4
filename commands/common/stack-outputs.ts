/** What a deployed stack says of itself. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../sign-in/options.ts';

const isMissingStack = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

const describe = async (client: CloudFormationClient, name: string) => {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0]?.Outputs ?? [];
  } catch (error) {
    if (!isMissingStack(error)) throw error;
    throw new UsageError(
      `There is no stack "${name}" in ${await client.config.region()} in this account. Check --stack, --region and the AWS credentials.`,
    );
  } finally {
    client.destroy();
  }
};

/** The values of these outputs. Throws `UsageError` where the stack or one of them is missing, and what AWS refuses. */
export const readStackOutputs = async <Name extends string>(
  settings: { readonly region?: string },
  stack: string,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> => {
  const outputs = await describe(new CloudFormationClient(settings), stack);
  const outputOf = (name: string) => outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  if (names.some((name) => outputOf(name) === undefined)) {
    throw new UsageError(
      `The stack "${stack}" is another one, or older than this command: it lacks one of the outputs ${names.join(' and ')}.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, outputOf(name)])) as Record<Name, string>;
};
