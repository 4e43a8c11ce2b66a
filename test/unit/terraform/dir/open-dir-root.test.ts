import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { ConfiguredResources } from '../../../../src/diagnosis/evidence.js';
import type { Product } from '../../../../src/terraform/executable.js';
import { openDirRoot, type DirRoot } from '../../../../src/terraform/dir/open-dir-root.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { writeFiles } from '../../../support/write-files.js';

type Files = Readonly<Record<string, string>>;

const folder = useTempDir();

async function open(files: Files, product?: Product): Promise<DirRoot> {
  await writeFiles(folder(), files);
  return openDirRoot('.', { cwd: folder(), env: {}, signal: new AbortController().signal }, product);
}

describe('the resources of a root', () => {
  test.each<[string, Files, string[]]>([
    [
      'are managed ones and data sources, whatever their count',
      {
        'main.tf': `
          resource "aws_sqs_queue" "q" { for_each = toset(["a", "b"]) }
          resource "aws_sns_topic" "t" { count = 3 }
          data "aws_ami" "web" {}
          ephemeral "random_password" "p" {}`,
      },
      ['aws_sqs_queue.q', 'aws_sns_topic.t', 'data.aws_ami.web'],
    ],
    [
      'are those of local modules, at any depth and called more than once',
      {
        'main.tf': `
          module "a" { 
            source = "./modules/a"
            for_each = var.names 
          }
          module "b" { source = "./modules/a/" }`,
        'modules/a/main.tf': `
          resource "x_y" "z" {}
          module "inner" { source = "../c" }`,
        'modules/c/main.tf': 'resource "x_c" "z" {}',
      },
      ['module.a.x_y.z', 'module.b.x_y.z', 'module.a.module.inner.x_c.z', 'module.b.module.inner.x_c.z'],
    ],
    [
      'are those of downloaded modules, by what init has recorded',
      {
        'main.tf': 'module "net" { source = "acme/net/aws" }',
        '.terraform/modules/modules.json': JSON.stringify({
          Modules: [
            { Key: '', Source: '', Dir: '.' },
            { Key: 'net', Source: 'registry.terraform.io/acme/net/aws', Dir: '.terraform/modules/net' },
            {
              Key: 'net.sub',
              Source: 'git::https://git.example.com/sub',
              Dir: '.terraform/modules/net.sub/x',
            },
          ],
        }),
        '.terraform/modules/net/main.tf': 'module "sub" { source = "git::https://git.example.com/sub//x" }',
        '.terraform/modules/net.sub/x/main.tf': 'resource "x_y" "z" {}',
      },
      ['module.net.module.sub.x_y.z'],
    ],
    [
      'may be written as JSON, in all its forms',
      {
        'a.tf.json': JSON.stringify({
          '//': 'a comment',
          resource: { '//': 'here too', x_a: { one: {}, two: [{ name: 'n' }] } },
          data: [{ x_b: { three: {} } }, { x_b: [{ four: {} }] }],
          module: { m: { source: './m' } },
        }),
        'm/x.tf.json': '{"resource": [{"x_c": {"z": {}}}]}',
      },
      ['x_a.one', 'x_a.two', 'data.x_b.three', 'data.x_b.four', 'module.m.x_c.z'],
    ],
    [
      'are those inside checks too',
      { 'main.tf': 'check "c" {\n data "http" "site" {}\n assert {\n condition = true\n }\n}' },
      ['data.http.site'],
    ],
    [
      'are none of an override alone',
      { 'main.tf': 'resource "x_y" "z" {}', 'override.tf': 'resource "x_y" "other" {}' },
      ['x_y.z'],
    ],
  ])('%s', async (_what, files, addresses) => {
    const { config } = await open(files);
    expect([...config.addresses].sort()).toEqual(addresses.sort());
    expect(addresses.every((address) => config.has(address))).toBe(true);
  });

  test('are asked for with or without instance keys', async () => {
    const { config } = await open({
      'main.tf': 'module "a" { source = "./a" }',
      'a/main.tf': 'resource "x_y" "z" { name = "n" }',
    });
    const resources: ConfiguredResources = config;
    expect(resources.has('module.a["k.x"].x_y.z[0]')).toBe(true);
    expect(resources.arguments('module.a[1].x_y.z["b"]')).toEqual({ name: 'n' });
    expect(resources.has('module.a.x_y.other')).toBe(false);
    expect(resources.arguments('module.a.x_y.other')).toBeUndefined();
  });

  test('may be anything in a module that has not been downloaded', async () => {
    const { config } = await open({
      'main.tf': 'module "net" { source = "acme/net/aws" }\nmodule "gone" { source = "./gone" }',
    });
    expect([...config.unreadModules].sort()).toEqual(['module.gone', 'module.net']);
    expect(config.has('module.net[0].x_y.z')).toBe(true);
    expect(config.has('module.network.x_y.z')).toBe(false);
  });

  test('have the arguments that overrides give them', async () => {
    const { config } = await open({
      'main.tf': 'resource "x_y" "z" {\n name = "old"\n size = 1\n block {\n a = 1\n }\n}',
      'a_override.tf': 'resource "x_y" "z" {\n name = "between"\n}',
      'b_override.tf.json': '{"resource": {"x_y": {"z": {"name": "new", "block": {"b": 2}}}}}',
    });
    expect(config.arguments('x_y.z')).toEqual({ name: 'new', size: 1, block: { b: 2 } });
  });

  test('are those that OpenTofu sees, for OpenTofu', async () => {
    const files = { 'main.tf': 'resource "x_y" "tf" {}', 'main.tofu': 'resource "x_y" "tofu" {}' };
    expect((await open(files, 'tofu')).config.addresses).toEqual(['x_y.tofu']);
    expect((await open(files, 'terraform')).config.addresses).toEqual(['x_y.tf']);
  });
});

describe('the requirements of a root', () => {
  test('are the versions of all modules, and full addresses of providers', async () => {
    const { config } = await open({
      'versions.tf': `terraform {
        required_version = ">= 1.3"
        required_providers {
          aws = { 
            source = "hashicorp/aws" 
            version = "~> 5.0" 
          }
          old = "~> 1.0"
          private = { source = "registry.example.com/acme/Private" }
        }
      }`,
      'main.tf': `
        resource "terraform_data" "d" {}
        resource "null_resource" "n" {}
        resource "x_y" "z" { provider = aws.east }
        module "m" { source = "./m" }`,
      'm/main.tf': `
        terraform { 
          required_version = "< 2.0" 
          required_providers { 
            time = { source = "acme/time" } 
          }
        }`,
    });
    expect(config.requiredVersion).toBe('>= 1.3, < 2.0');
    expect(Object.fromEntries(config.providers)).toEqual({
      aws: 'registry.terraform.io/hashicorp/aws',
      old: 'registry.terraform.io/hashicorp/old',
      private: 'registry.example.com/acme/private',
      terraform: 'terraform.io/builtin/terraform',
      null: 'registry.terraform.io/hashicorp/null',
      time: 'registry.terraform.io/acme/time',
    });
  });

  test('are of the registry of OpenTofu, for OpenTofu', async () => {
    const { config } = await open({ 'main.tf': 'resource "aws_sqs_queue" "q" {}' }, 'tofu');
    expect(config.providers.get('aws')).toBe('registry.opentofu.org/hashicorp/aws');
  });
});

describe('what cannot be read', () => {
  test.each<[string, Files, string, RegExp]>([
    ['no configuration', { 'README.md': '' }, 'NoConfiguration', /^\. holds no Terraform configuration$/],
    ['HCL', { 'm/a.tf': 'x = ', 'a.tf': 'module "m" { source = "./m" }' }, 'HclInvalid', /^m\/a\.tf:1: /],
    [
      'JSON',
      { 'a.tf.json': '{"secret":\n "hunter2"' },
      'HclInvalid',
      /^a\.tf\.json is not JSON: unexpected end at line 2, column \d+$/,
    ],
    [
      'JSON with more behind it',
      { 'a.tf.json': '{} x' },
      'HclInvalid',
      /JSON: unexpected "x" at line 1, column 4$/,
    ],
    ['a JSON list', { 'a.tf.json': '[]' }, 'HclInvalid', /^a\.tf\.json is JSON, but no object$/],
    [
      'modules that call each other',
      {
        'a.tf': 'module "m" { source = "./m" }',
        'm/a.tf': 'module "n" { source = "../n" }',
        'n/a.tf': 'module "m" { source = "../m" }',
      },
      'ModuleCycle',
      /^module\.m\.module\.n\.module\.m is called by itself \(in .*m\)$/,
    ],
    [
      'a list of modules',
      { 'a.tf': '', '.terraform/modules/modules.json': '{"Modules": {}}' },
      'ManifestInvalid',
      /modules\.json is not a list of modules as terraform writes it$/,
    ],
    [
      'a recorded backend',
      {
        'a.tf': 'terraform {\n backend "s3" {}\n}',
        '.terraform/terraform.tfstate': '{"secret_key": "hunter2"',
      },
      'RecordedBackendInvalid',
      /terraform\.tfstate is not what terraform init writes$/,
    ],
  ])('is told of %s', async (_what, files, code, message) => {
    const opening = open(files);
    await expect(opening).rejects.toMatchObject({ code, message: expect.stringMatching(message) as unknown });
  });

  test('is told of a folder that is not there', async () => {
    const world = { cwd: folder(), env: {}, signal: new AbortController().signal };
    await expect(openDirRoot('nowhere', world)).rejects.toMatchObject({
      code: 'DirMissing',
      message: 'there is no folder nowhere',
    });
  });

  test('are not folders named as files are', async () => {
    await mkdir(join(folder(), 'odd.tf'));
    expect((await open({ 'main.tf': 'resource "x_y" "z" {}' })).config.addresses).toEqual(['x_y.z']);
  });
});
