import { describe, expect, test } from '@jest/globals';

import { FailedError } from '../../../../src/errors.js';
import { Secret } from '../../../../src/secret.js';
import { newState, type WantedChange } from '../../../../src/surgery/engine/new-state.js';
import { computePost } from '../../../../src/surgery/engine/compute-post.js';
import type { Operation } from '../../../../src/surgery/operations/operation.js';
import { storedState } from '../../../../src/surgery/store/stored-state.js';
import { importResource } from '../../../../src/surgery/terraform/import-resource.js';
import type { TerraformPort } from '../../../../src/surgery/terraform/terraform-port.js';
import type { Terraform } from '../../../../src/terraform/terraform.js';
import { queuesState } from '../../../support/surgery/execution.js';

const BASE = storedState(queuesState(['a', 'b', 'c']), 'token', 'the state');
const RM: Operation = { op: 'rm', addresses: ['aws_sqs_queue.a'] };

function port(edited: Buffer): TerraformPort {
  return {
    import: () => Promise.reject(new FailedError('ImportFailed', 'terraform import ended with exit code 1')),
    edit: () => Promise.resolve({ bytes: edited, version: '1.11.4' }),
  };
}

function change(operation: Operation, more: Partial<WantedChange> = {}): WantedChange {
  return {
    operations: [operation],
    engine: 'terraform',
    earlier: undefined,
    isConfigured: undefined,
    ...more,
  };
}

describe("a new state by terraform's own hand", () => {
  test('is taken when only the layout and the version of terraform are other', async () => {
    const { bytes } = computePost(BASE, [RM], undefined);
    const state = { ...(JSON.parse(bytes.toString()) as object), terraform_version: '1.11.4', serial: 99 };
    const made = await newState(BASE, change(RM, { terraform: port(Buffer.from(JSON.stringify(state))) }));
    expect(JSON.parse(made.bytes.toString())).toEqual({ ...state, serial: 8 });
    expect(made.version).toBe('1.11.4');
  });

  test('that is another one is refused, naming where', async () => {
    const refused = newState(BASE, change(RM, { terraform: port(queuesState(['c'], 8)) }));
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'EngineDiffers', exitCode: 4 },
      ...{ message: 'terraform would make another state of it, at aws_sqs_queue.b' },
      hint: expect.stringContaining('leave --engine terraform away') as unknown,
    });
  });

  const { sha256, serial } = BASE;
  test.each<[string, Operation, WantedChange['earlier']]>([
    ['a restore', { op: 'restore', sha256, serial }, BASE],
    ['rm, where terraform cannot be run', RM, undefined],
  ])('is not made for %s', async (_what, operation, earlier) => {
    const terraform = earlier === undefined ? undefined : port(BASE.bytes);
    await expect(newState(BASE, change(operation, { terraform, earlier }))).rejects.toMatchObject({
      ...{ code: 'EngineUnsupported', exitCode: 4 },
      hint: 'leave --engine terraform away',
    });
  });

  test('is not the base when the import fails', async () => {
    const operation: Operation = { op: 'import', address: 'aws_sqs_queue.d', id: 'd' };
    const failing = newState(BASE, change(operation, { engine: 'native', terraform: port(BASE.bytes) }));
    await expect(failing).rejects.toMatchObject({ code: 'ImportFailed', exitCode: 1 });
  });
});

describe('an import that fails', () => {
  const SECRET = 'canary<&"7f3a';
  const root = {
    ...{ name: 'acme', folder: '/nowhere', backend: { type: 'local', path: 'state' } as const },
    env: { AWS_SECRET_ACCESS_KEY: new Secret(SECRET), AWS_REGION: 'us-east-1' },
  };
  const failing = (stderr: string, timedOut = false): Promise<unknown> => {
    const run: Terraform['run'] = () => Promise.resolve({ exitCode: 1, timedOut, stderr });
    const terraform = { product: 'terraform', run } as Terraform;
    const copy = { root, terraform, stateFile: '/nowhere/state' };
    return importResource(copy, { address: 'aws_sqs_queue.d', id: 'd' }).catch((error: unknown) => error);
  };

  test.each([
    ['as it is', SECRET],
    ['in JSON', JSON.stringify(SECRET)],
    ['in JSON as Go writes it', JSON.stringify(SECRET).replace('<', '\\u003c').replace('&', '\\u0026')],
  ])("repeats terraform's words without a secret %s", async (_how, text) => {
    const error = await failing(`Error: cannot read the object\n\n  with key ${text} in us-east-1\n`);
    if (!(error instanceof FailedError)) throw new Error('it did not fail');
    expect(error.code).toBe('ImportFailed');
    expect(error.message).toContain('cannot read the object');
    expect(error.message).toContain('us-east-1');
    expect(error.message).not.toContain('7f3a');
  });

  test('for taking too long says what to do', async () => {
    expect(await failing('', true)).toMatchObject({
      ...{
        message: 'terraform import of aws_sqs_queue.d took too long',
        hint: 'give it more time with --timeout',
      },
    });
  });
});
