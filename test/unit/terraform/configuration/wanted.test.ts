import { rm } from 'node:fs/promises';

import { beforeAll, describe, expect, test } from '@jest/globals';

import { openDirRoot, type DirRoot } from '../../../../src/terraform/dir/open-dir-root.js';
import { createTempDir } from '../../../e2e/support/temp-dir.js';
import { writeFiles } from '../../../support/write-files.js';

const FILES = {
  'main.tf': `
    variable "names" { type = set(string) }
    resource "x_y" "one" {}
    resource "x_y" "two" { count = 2 }
    resource "x_y" "some" { count = length(var.names) }
    resource "x_y" "each" { for_each = { a = 1, "b" = 2 } }
    resource "x_y" "named" { for_each = { (local.name) = 1, b = 2 } }
    resource "x_y" "any" { for_each = var.names }
    module "single" { source = "./m" }
    module "many" {
      source   = "./m"
      for_each = var.names
    }
    module "far" { source = "example.org/a/b/c" }
  `,
  'json.tf.json': JSON.stringify({ resource: { x_y: { json: { count: '2' }, null: { count: null } } } }),
  'm/main.tf': 'resource "x_y" "in" {}',
};

describe('a configuration', () => {
  let config: DirRoot['config'];

  beforeAll(async () => {
    const folder = await createTempDir();
    await writeFiles(folder, FILES);
    const world = { cwd: folder, env: {}, signal: new AbortController().signal };
    ({ config } = await openDirRoot('.', world));
    await rm(folder, { recursive: true });
  });

  test.each<[string, boolean | undefined]>([
    ['x_y.one', true],
    ['x_y.one[0]', false],
    ['x_y.other', false],
    ['x_y.two[1]', true],
    ['x_y.two[2]', false],
    ['x_y.two', false],
    ['x_y.two["a"]', false],
    ['x_y.some[0]', undefined],
    ['x_y.some', false],
    ['x_y.each["b"]', true],
    ['x_y.each["c"]', false],
    ['x_y.each', false],
    ['x_y.named["b"]', true],
    ['x_y.named["c"]', undefined],
    ['x_y.any["c"]', undefined],
    ['x_y.any[0]', false],
    ['x_y.json[1]', true],
    ['x_y.json[2]', false],
    ['x_y.null', true],
    ['module.single.x_y.in', true],
    ['module.single[0].x_y.in', false],
    ['module.many["a"].x_y.in', undefined],
    ['module.many.x_y.in', false],
    ['module.many["a"].x_y.in[0]', false],
    ['module.far.x_y.in[0]', undefined],
  ])('is asked for %s: %s', (address, wanted) => {
    expect(config.wants(address)).toBe(wanted);
  });
});
