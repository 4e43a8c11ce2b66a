import { describe, expect, test } from '@jest/globals';

import { openDirRoot } from '../../../../src/terraform/dir/open-dir-root.js';
import type { Backend } from '../../../../src/terraform/root.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { writeFiles } from '../../../support/write-files.js';

type Strings = Readonly<Record<string, string>>;

const folder = useTempDir();

/** The backend of a root with this `terraform` block. */
async function backend(terraform: object, files: Strings = {}, env: Strings = {}): Promise<Backend> {
  await writeFiles(folder(), { 'main.tf.json': JSON.stringify({ terraform }), ...files });
  const root = await openDirRoot('.', { cwd: folder(), env, signal: new AbortController().signal });
  return root.backend;
}

const recorded = (type: string, config: object): Strings => ({
  '.terraform/terraform.tfstate': JSON.stringify({ version: 3, backend: { type, config, hash: 1 } }),
});

const PLACE = { bucket: 'b', key: 'k', region: 'eu-west-1' };
const S3 = { type: 's3', ...PLACE };

const s3 = (more: object = {}, place: object = PLACE): object => ({ backend: { s3: { ...place, ...more } } });

describe('the backend of a root', () => {
  test('is a file without a block', async () => {
    expect(await backend({})).toEqual({ type: 'local', path: `${folder()}/terraform.tfstate` });
  });

  test('is a file of another name, and in workspaces one below a folder', async () => {
    const block = { backend: { local: { path: 's/x.tfstate', workspace_dir: 'ws' } } };
    expect(await backend(block)).toEqual({ type: 'local', path: `${folder()}/s/x.tfstate` });
    const selected = { '.terraform/environment': 'blue' };
    expect(await backend(block, selected)).toMatchObject({ path: `${folder()}/ws/blue/terraform.tfstate` });
  });

  test.each([
    ['', {}, {}],
    [' with its table of locks', { dynamodb_table: 'locks' }, { dynamodbTable: 'locks' }],
    [' with its lock file', { use_lockfile: true }, { useLockfile: true }],
    [
      ' with the profile and the role that it is read with',
      { profile: 'acme', role_arn: 'arn:r' },
      { profile: 'acme', roleArn: 'arn:r' },
    ],
    [' with the role in a block', { assume_role: { role_arn: 'arn:r' } }, { roleArn: 'arn:r' }],
    [' without settings that are null', { assume_role: null, access_key: null }, {}],
  ])('is an S3 object%s', async (_what, settings, expected) => {
    expect(await backend(s3(settings))).toEqual({ ...S3, ...expected });
  });

  test('is in a workspace an object below it', async () => {
    expect(await backend(s3(), {}, { TF_WORKSPACE: 'blue' })).toEqual({ ...S3, key: 'env:/blue/k' });
    const selected = { '.terraform/environment': 'green' };
    expect(await backend(s3({ workspace_key_prefix: 'ws' }), selected)).toEqual({ ...S3, key: 'ws/green/k' });
  });

  test('takes what the block leaves open from what init has recorded', async () => {
    const config = { bucket: 'other', key: 'k', region: 'eu-west-1', use_lockfile: true, profile: null };
    const files = recorded('s3', { ...config, assume_role: null, endpoints: null, access_key: null });
    expect(await backend(s3({}, { bucket: 'b' }), files)).toEqual({ ...S3, useLockfile: true });
  });

  test('takes nothing from the record of another backend', async () => {
    const files = recorded('gcs', PLACE);
    expect(await backend(s3({}, {}), files)).toEqual({ type: 'other', name: 's3' });
  });

  test('finds its record where TF_DATA_DIR says', async () => {
    const files = { 'data/environment': 'blue' };
    expect(await backend(s3(), files, { TF_DATA_DIR: 'data' })).toMatchObject({ key: 'env:/blue/k' });
  });

  test('takes its region from the environment when nobody gives one', async () => {
    const block = s3({}, { bucket: 'b', key: 'k' });
    expect(await backend(block, {}, { AWS_REGION: 'eu-west-1' })).toEqual(S3);
    expect(await backend(block)).toEqual({ type: 'other', name: 's3' });
  });

  test.each([
    ['an endpoint of its own', s3({ endpoints: { s3: 'https://s3.example.com' } }), 's3'],
    ['keys of its own', s3({ access_key: 'AKIA' }), 's3'],
    ['a role with conditions', s3({ assume_role: { role_arn: 'arn:r', external_id: 'x' } }), 's3'],
    ['a computed key', s3({ key: '${var.k}' }), 's3'],
    ['another type', { backend: { gcs: { bucket: 'b' } } }, 'gcs'],
    ['a cloud block', { cloud: { organization: 'acme' } }, 'cloud'],
  ])('is left to terraform with %s', async (_what, block, name) => {
    expect(await backend(block)).toEqual({ type: 'other', name });
  });

  test('is that of an override', async () => {
    const files = { 'backend_override.tf': 'terraform {\n  backend "local" {}\n}' };
    expect(await backend(s3(), files)).toEqual({ type: 'local', path: `${folder()}/terraform.tfstate` });
  });
});
