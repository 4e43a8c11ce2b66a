import { describe, expect, test } from '@jest/globals';

import type { ProgramAnswer } from '../../../src/clients/ask-program.js';
import { CHECKS } from '../../../src/doctor/checks/index.js';
import { fakeWorld, says, settings } from './fake-world.js';

const failed: ProgramAnswer = { kind: 'failed', why: 'it did not answer within 3 s' };
const ended = (stderr: string): ProgramAnswer => ({ kind: 'ended', exitCode: 1, stdout: '', stderr });

describe('terraform or tofu', () => {
  const named = (programs: Record<string, ProgramAnswer>, terraformBin?: string) =>
    CHECKS.terraform.examine(fakeWorld({ programs }), settings('', { terraformBin }));

  test.each([
    ['terraform', { 'terraform version': says('Terraform v1.11.4\non linux_amd64') }, 'terraform 1.11.4'],
    ['tofu where there is no terraform', { 'tofu version': says('OpenTofu v1.9.0') }, 'tofu 1.9.0'],
    ['a pre-release', { 'terraform version': says('Terraform v1.12.0-beta1') }, 'terraform 1.12.0-beta1'],
    [
      'a warning before the version',
      { 'terraform version': says('Warning: x\nTerraform v1.6.6') },
      'terraform 1.6.6',
    ],
  ])('%s is found', async (_what, programs, found) => {
    expect(await named(programs)).toEqual({ state: 'ok', found });
  });

  test('of both, terraform is taken', async () => {
    const programs = {
      'terraform version': says('Terraform v1.6.6'),
      'tofu version': says('OpenTofu v1.9.0'),
    };
    expect(await named(programs)).toEqual({ state: 'ok', found: 'terraform 1.6.6' });
  });

  test('the one that is named is taken, whatever is on PATH', async () => {
    const programs = {
      '/opt/tf version': says('Terraform v1.6.6'),
      'terraform version': says('Terraform v1.11.4'),
    };
    expect(await named(programs, '/opt/tf')).toEqual({ state: 'ok', found: 'terraform 1.6.6' });
  });

  test.each([
    ['none', {}, undefined, 'missing', 'not on PATH', '--terraform-bin'],
    [
      'a named one that is not there',
      {},
      '/opt/tf',
      'wrong',
      '/opt/tf is not there',
      'TFREPAIR_TERRAFORM_BIN',
    ],
    [
      'one that is too old',
      { 'terraform version': says('Terraform v0.13.7') },
      undefined,
      'wrong',
      'terraform 0.13.7 is too old',
      '1.0.0 or later',
    ],
    [
      'another program',
      { 'x version': says('hello') },
      'x',
      'wrong',
      'x does not say its version',
      'terraform_bin',
    ],
    [
      'one that hangs',
      { 'terraform version': failed },
      undefined,
      'wrong',
      'within 3 s',
      'install terraform',
    ],
    [
      'an absurd version',
      { 'terraform version': says(`Terraform v1.1.${'1'.repeat(999)}`) },
      undefined,
      'wrong',
      'terraform does not say its version',
      'install terraform',
    ],
  ])('%s is said so', async (_what, programs, bin, state, found, advice) => {
    const result = await named(programs, bin);
    expect(result).toMatchObject({ state, found: expect.stringContaining(found) });
    expect(result.advice).toContain(advice);
  });
});

describe('programs of any version', () => {
  const kubectl = says('{\n  "clientVersion": {\n    "gitVersion": "v1.32.4"\n  }\n}');
  const oc = says('{"clientVersion": {"gitVersion": "v4.19"}, "releaseClientVersion": "4.19.0"}');

  test.each([
    ['git', { 'git --version': says('git version 2.39.5') }, 'ok', 'git 2.39.5'],
    ['git', { 'git --version': says('git version 2.39.5 (Apple Git-154)') }, 'ok', 'git 2.39.5'],
    ['git', {}, 'missing', 'not on PATH'],
    ['kubernetes', { 'kubectl version --client --output json': kubectl }, 'ok', 'kubectl 1.32.4'],
    ['kubernetes', { 'oc version --client --output json': oc }, 'ok', 'oc 4.19.0'],
    ['containers', { 'docker version --format {{.Server.Version}}': says('28.2.2') }, 'ok', 'docker 28.2.2'],
    ['containers', { 'podman --version': says('podman version 5.2.1') }, 'ok', 'podman 5.2.1'],
    [
      'containers',
      {
        'docker version --format {{.Server.Version}}': ended('Cannot connect'),
        'podman --version': says('podman version 5.2.1'),
      },
      'ok',
      'podman 5.2.1',
    ],
    [
      'containers',
      { 'docker version --format {{.Server.Version}}': ended('Cannot connect') },
      'wrong',
      'docker: its daemon does not answer',
    ],
    ['ssh-keygen', { 'ssh-keygen -Y sign': ended('Too few arguments for sign') }, 'ok', 'it can sign files'],
    [
      'ssh-keygen',
      {
        'ssh-keygen -Y sign': ended('Too few arguments for sign: missing namespace'),
        'ssh -V': says('', 'OpenSSH_9.2p1 Debian-2, OpenSSL 3.0.19'),
      },
      'ok',
      'OpenSSH 9.2p1',
    ],
    ['ssh-keygen', { 'ssh-keygen -Y sign': ended('unknown option -- Y') }, 'wrong', 'it cannot sign files'],
    ['ssh-keygen', { 'ssh-keygen -Y sign': failed }, 'wrong', 'it did not answer within 3 s'],
    ['ssh-keygen', {}, 'missing', 'not on PATH'],
  ] as const)('%s with %o is %s: %s', async (id, programs, state, found) => {
    expect(await CHECKS[id].examine(fakeWorld({ programs }), settings())).toMatchObject({ state, found });
  });
});

describe('qontract-reconcile', () => {
  /** A machine with the script, whose Python answers the question about its sources. */
  async function found(script: string, python: string, answer: ProgramAnswer) {
    const world = fakeWorld({ files: { '/bin/qontract-reconcile': script } });
    const asked: string[] = [];
    const ask = (file: string): Promise<ProgramAnswer> => {
      asked.push(file);
      return Promise.resolve(file === python ? answer : { kind: 'absent' });
    };
    return { result: await CHECKS['qontract-reconcile'].examine({ ...world, ask }, settings()), asked };
  }

  test.each([
    ['of today', says('--print-to-file'), 'ok', 'prints with --print-to-file'],
    ['of before 2022', says('--print-only'), 'ok', 'prints with --print-only'],
    ['without either option', says('none'), 'wrong', 'it cannot print a configuration'],
    ['whose package is gone', ended('AttributeError'), 'wrong', 'its Python has no such package'],
    [
      'whose Python is gone',
      { kind: 'absent' } as const,
      'wrong',
      'its Python, /venv/bin/python3, is not there',
    ],
    ['that is slow', failed, 'ok', 'its generation is unknown'],
  ])('%s is told by its sources', async (_what, answer, state, text) => {
    const { result } = await found('#!/venv/bin/python3\nimport sys', '/venv/bin/python3', answer);
    expect(result).toMatchObject({ state, found: text });
  });

  test.each([
    ['#!/venv/bin/python3.14\n', '/venv/bin/python3.14'],
    ['#!/usr/bin/env python3\n', 'python3'],
    [`#!/bin/sh\n'''exec' "/very long/venv/bin/python" "$0" "$@"\n' '''`, '/very long/venv/bin/python'],
  ])('asks the Python that it runs on: %j', async (script, python) => {
    expect((await found(script, python, says('--print-to-file'))).asked).toEqual([python]);
  });

  test('runs nothing when it is no Python script', async () => {
    const { result, asked } = await found('#!/bin/sh\nexec docker run "$@"', 'sh', says(''));
    expect(result).toMatchObject({ state: 'ok', found: 'its generation is unknown' });
    expect(asked).toEqual([]);
  });

  test('is missing when it is not on PATH', async () => {
    expect(await CHECKS['qontract-reconcile'].examine(fakeWorld(), settings())).toMatchObject({
      state: 'missing',
    });
  });
});

describe('moto_server', () => {
  const moto = (file: string, download: boolean) => ({ file, download, args: () => [] });

  test.each([
    ['is there', { moto: moto('/bin/moto_server', false) }, 'ok', 'on PATH'],
    ['can be fetched', { moto: moto('/bin/uvx', true) }, 'ok', 'fetched by uvx'],
    ['is missing', {}, 'missing', 'not on PATH'],
  ])('%s', async (_what, machine, state, found) => {
    expect(await CHECKS['moto-server'].examine(fakeWorld(machine), settings())).toMatchObject({
      state,
      found,
    });
  });
});
