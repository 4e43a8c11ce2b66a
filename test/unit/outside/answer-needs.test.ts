import { describe, expect, test } from '@jest/globals';

import { configFileReader } from '../../../src/credentials/secret-reader.js';
import { FailedError, InterruptedError } from '../../../src/errors.js';
import { answerNeeds, secretsOf, type OutsideWorld } from '../../../src/outside/answer-needs.js';
import { parseConfig } from '../../../src/config/load.js';
import type { Answer, Need } from '../../../src/tf-config/model/need.js';
import { ACCOUNT } from '../../support/render-one.js';

const ZIP: Need = { kind: 'zip', release: 'repos/example/tool/releases/latest', folder: 'repository' };
const never = new AbortController().signal;

function answer(world: OutsideWorld, need: Need, signal = never): Promise<Answer> {
  return answerNeeds(world, 'offline', signal)(need, ACCOUNT);
}

function failing(error: Error): OutsideWorld {
  return { zip: () => Promise.reject(error) };
}

describe('what rendering needs from outside', () => {
  test('is answered by the system for its kind', async () => {
    const world: OutsideWorld = {
      zip: ({ release }, { name }) => Promise.resolve({ known: true, value: `${release} for ${name}` }),
    };
    const value = 'repos/example/tool/releases/latest for acme';
    expect(await answer(world, ZIP)).toEqual({ known: true, value });
  });

  test('is unknown when nobody is there to ask, and why is said', async () => {
    expect(await answer({}, ZIP)).toEqual({ known: false, why: 'offline' });
  });

  test('is unknown when a system cannot be asked', async () => {
    const error = new FailedError('SystemUnreachable', 'cannot reach github');
    expect(await answer(failing(error), ZIP)).toEqual({ known: false, why: 'cannot reach github' });
  });

  test.each(['SecretNotFound', 'SecretInvalid'])('is an error of the data: %s', async (code) => {
    const error = new FailedError(code, 'no');
    expect(await answer(failing(error), ZIP)).toEqual({ known: false, error });
  });

  test('is no longer wanted after an interruption, however the system took it', async () => {
    const interruption = new InterruptedError('Interrupted', 'interrupted by SIGINT');
    const aborted = answer(failing(new Error('AbortError')), ZIP, AbortSignal.abort(interruption));
    await expect(aborted).rejects.toBe(interruption);
  });
});

describe('secrets', () => {
  const { secrets } = parseConfig('[creds.orders]\nuser = "ann"\npassword = "example"\n', 'config.toml');
  const world = secretsOf(configFileReader(secrets, 'config.toml'));
  const secret = { path: 'creds/orders', field: 'password', version: null, format: null };

  test('are given whole, or a field of them', async () => {
    const all = { user: 'ann', password: 'example' };
    expect(await answer(world, { kind: 'secret', secret })).toEqual({ known: true, value: all });
    expect(await answer(world, { kind: 'secret-field', secret })).toEqual({ known: true, value: 'example' });
  });

  test.each([
    ['secret', { ...secret, path: 'creds/none' }, 'the secret creds/none is not in config.toml'],
    ['secret-field', { ...secret, field: 'none' }, 'the secret creds/orders has no field none'],
  ] as const)('that do not exist are errors of the data: %s', async (kind, missing, message) => {
    expect(await answer(world, { kind, secret: missing })).toMatchObject({
      known: false,
      error: { message },
    });
  });
});
