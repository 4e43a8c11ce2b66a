import { describe, expect, test } from '@jest/globals';

import { configFilesAmong } from '../../../../src/terraform/configuration/config-files.js';

const names = (files: ReturnType<typeof configFilesAmong>): string[] => files.map(({ name }) => name);

describe('the files of a module', () => {
  test('are those with the extensions of terraform, overrides last', () => {
    const folder = [
      'b.tf',
      'override.tf',
      'a_override.tf.json',
      'a.tf.json',
      'README.md',
      'x.tfvars',
      'z.tofu',
    ];
    expect(configFilesAmong(folder, 'terraform')).toEqual([
      { name: 'a.tf.json', syntax: 'json', isOverride: false },
      { name: 'b.tf', syntax: 'hcl', isOverride: false },
      { name: 'a_override.tf.json', syntax: 'json', isOverride: true },
      { name: 'override.tf', syntax: 'hcl', isOverride: true },
    ]);
  });

  test('are not what editors leave behind', () => {
    expect(configFilesAmong(['.#main.tf', '.main.tf.swp', 'main.tf~', '#main.tf#'], 'terraform')).toEqual([]);
  });

  test('are for OpenTofu its own instead of those of the same name', () => {
    const folder = ['main.tf', 'main.tofu', 'other.tf', 'x.tf.json', 'x.tofu.json', 'x.tf'];
    expect(names(configFilesAmong(folder, 'tofu'))).toEqual(['main.tofu', 'other.tf', 'x.tf', 'x.tofu.json']);
    expect(names(configFilesAmong(folder, 'terraform'))).toEqual([
      'main.tf',
      'other.tf',
      'x.tf',
      'x.tf.json',
    ]);
  });
});
