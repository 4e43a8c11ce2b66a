import { describe, expect, test } from '@jest/globals';

import { parseConfig } from '../../../src/config/load.js';

const { secrets } = parseConfig(
  `
  title = "plain"
  [creds.terraform."acme.stage".config]
  aws_access_key_id = "AKIAEXAMPLE"
  bucket = "acme-tf-state"
  port = 5432
  rotated = 2026-01-02
  [creds.terraform."acme.stage".config.nested]
  other = "x"
  [creds.empty]
  `,
  'c.toml',
);

function plain(path: string): Record<string, string> | undefined {
  const fields = secrets.lookup(path);
  return fields && Object.fromEntries([...fields].map(([name, value]) => [name, value.reveal()]));
}

describe('a secret in the configuration file', () => {
  test('is found by its path split on /, with quoted keys, and all its values as text', () => {
    expect(plain('creds/terraform/acme.stage/config')).toEqual({
      aws_access_key_id: 'AKIAEXAMPLE',
      bucket: 'acme-tf-state',
      port: '5432',
      rotated: '2026-01-02',
    });
  });

  test.each([
    ['an unknown path', 'creds/terraform/other'],
    ['a table with nothing but tables in it', 'creds/terraform'],
    ['an empty table', 'creds/empty'],
    ['a value', 'title'],
    ['something below a value', 'title/length'],
    ['no path', ''],
    ['a dotted path', 'creds.empty'],
    ['what every object has', '__proto__/constructor'],
  ])('is not found at %s', (_what, path) => {
    expect(plain(path)).toBeUndefined();
  });

  test('is found by its fields', () => {
    expect(secrets.someTableHas(['aws_access_key_id', 'bucket'])).toBe(true);
    expect(secrets.someTableHas(['other', 'bucket'])).toBe(false);
  });
});
