/** The example for Terraform: it can be parsed, and the provider knows all of it. It is not planned, because Terraform is not here. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { writeTemplate } from '../../tools/template/write-template.ts';
import { type Arguments, installTerraform, type Terraform } from './terraform-types.ts';

const MAIN = fileURLToPath(new URL('../../examples/terraform/main.tf', import.meta.url));

/** Arguments of every resource, which Terraform itself reads. */
const META = ['for_each', 'count', 'depends_on', 'lifecycle', 'provider'];

type Block = Readonly<Record<string, unknown>>;

const isBlock = (value: unknown): value is Block =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with a block, each with its path. */
const problemsOf = (
  path: string,
  block: Block,
  { known, required, blocks }: Arguments,
): readonly string[] => [
  ...required.filter((name) => !(name in block)).map((name) => `${path} lacks ${name}`),
  ...Object.entries(block).flatMap(([name, value]) => {
    if (META.includes(name)) return [];
    if (!known.includes(name)) return [`${path} has no ${name}`];
    const inner = blocks[name];
    if (inner === undefined) return [];
    return [value]
      .flat()
      .filter(isBlock)
      .flatMap((one) => problemsOf(`${path}.${name}`, one, inner));
  }),
];

let terraform: Terraform;

const problemsIn = async (path: string) =>
  Object.entries(await terraform.parse(path)).flatMap(([type, blocks]) =>
    blocks.flatMap((block) => problemsOf(type, block, terraform.argumentsOf(type))),
  );

beforeAll(async () => {
  terraform = await installTerraform();
});

test('the example can be parsed, and the AWS provider knows each argument and misses none', async () => {
  const resources = await terraform.parse(MAIN);

  expect(Object.keys(resources).toSorted()).toEqual([
    'aws_cloudformation_stack',
    'aws_cognito_user_pool',
    'aws_cognito_user_pool_client',
    'aws_lambda_permission',
    'aws_s3_bucket',
    'aws_s3_object',
  ]);
  expect(await problemsIn(MAIN)).toEqual([]);
});

test.each([
  [
    'an argument that is not known',
    'resource "aws_s3_object" "a" {\n bucket = "b"\n key = "k"\n sourc = "s"\n}',
    'aws_s3_object has no sourc',
  ],
  [
    'an argument that is missing',
    'resource "aws_s3_object" "a" {\n bucket = "b"\n}',
    'aws_s3_object lacks key',
  ],
  [
    'one in a block',
    'resource "aws_cognito_user_pool" "a" {\n name = "n"\n lambda_config {\n define_auth = "d"\n }\n}',
    'aws_cognito_user_pool.lambda_config has no define_auth',
  ],
])('%s is found', async (_, text, problem) => {
  const path = join(tmpdir(), 'wrong.tf');
  writeFileSync(path, text);

  expect(await problemsIn(path)).toEqual([problem]);
});

test('a text that is no HCL is refused', async () => {
  const path = join(tmpdir(), 'no-hcl.tf');
  writeFileSync(path, 'resource "aws_s3_object" {');

  await expect(terraform.parse(path)).rejects.toThrow();
});

test('what a change of the stack replaces goes only once the new one is there', async () => {
  const { aws_lambda_permission: permissions = [], aws_s3_object: objects = [] } =
    await terraform.parse(MAIN);

  for (const { lifecycle } of [...permissions, ...objects])
    expect(lifecycle).toEqual([{ create_before_destroy: true }]);
  // Two statements of a function's policy cannot have the same id.
  expect(permissions).toEqual([expect.objectContaining({ statement_id_prefix: 'cognito-' })]);
  expect(objects).toHaveLength(2);
});

test('the stack is given parameters that the template has, and asked for outputs that it has', async () => {
  const folder = join(tmpdir(), 'template-for-terraform');
  writeTemplate(folder, { pool: 'existing', given: {} });
  const { Parameters, Outputs } = (await import(join(folder, 'template.json'), { with: { type: 'json' } }))
    .default;
  const { aws_cloudformation_stack: [stack] = [], aws_cognito_user_pool: [pool] = [] } =
    await terraform.parse(MAIN);
  const given = Object.keys(stack?.parameters as object);
  const asked = [...JSON.stringify(pool).matchAll(/outputs\[\\"(\w+)\\"\]/g)].map(([, name = '']) => name);

  expect(given).toContain('EmailSender');
  expect(given.filter((name) => !(name in Parameters))).toEqual([]);
  expect(asked).toHaveLength(4);
  expect(asked.filter((name) => !(name in Outputs))).toEqual([]);
});
