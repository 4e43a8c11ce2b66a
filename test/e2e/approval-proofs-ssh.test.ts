import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';

import type { SshProof } from '../../src/approval/proof.js';
import { fingerprintOf, signWithSsh } from '../../src/approval/ssh/sign.js';
import { signedMatter } from '../../src/approval/statement.js';
import { formatToken, parseToken } from '../../src/approval/token.js';
import { verifyProof } from '../../src/approval/verify-proof.js';
import { canonicalRequest, requestDigest } from '../../src/surgery/request/canonical.js';
import { requestOf } from '../support/surgery/request.js';
import { requires } from './support/requires.js';
import { createTempDir } from './support/temp-dir.js';

const CANONICAL = canonicalRequest(requestOf());
const DIGEST = requestDigest(requestOf());
const APPROVE = { decision: 'approve', request: DIGEST } as const;
const MATTER = signedMatter(APPROVE, CANONICAL);
const REJECT = { decision: 'reject', request: DIGEST, reason: 'it is in use' } as const;
const OTHER = signedMatter(APPROVE, canonicalRequest(requestOf({ nonce: '1'.repeat(64) })));

const describeSsh = await requires(['ssh-keygen']);

describeSsh('a proof by SSH key', () => {
  let folder: string;
  const { PATH, HOME } = process.env;
  const context = { env: { PATH, HOME }, signal: new AbortController().signal };

  const keyFile = (name: string): string => join(folder, name);
  const publicKey = (name: string): Promise<string> => readFile(keyFile(`${name}.pub`), 'utf8');

  async function makeKey(name: string, ...args: string[]): Promise<void> {
    await execa('ssh-keygen', ['-q', '-f', keyFile(name), '-C', `${name} of a test`, ...args]);
  }

  /** An allowed-signers file of these lines, in which `{NAME}` stands for a key. */
  async function signers(...lines: string[]): Promise<string> {
    const file = join(folder, 'signers');
    const texts = lines.map(async (line) => {
      const [, name = ''] = /\{(\w+)\}/.exec(line) ?? [];
      return line.replace(/\{\w+\}/, name === '' ? '' : (await publicKey(name)).trim());
    });
    await writeFile(file, `${(await Promise.all(texts)).join('\n')}\n`);
    return file;
  }

  const verify = (proof: SshProof, allowedSigners: string, matter = MATTER) =>
    verifyProof({ proof }, matter, {
      ...context,
      partition: undefined,
      allowedSigners,
      fetch,
      now: Date.now,
    });

  beforeAll(async () => {
    folder = await createTempDir();
    await makeKey('ed25519', '-t', 'ed25519', '-N', '');
    await makeKey('ecdsa', '-t', 'ecdsa', '-N', '');
    await makeKey('rsa', '-t', 'rsa', '-b', '2048', '-N', '');
    await makeKey('locked', '-t', 'ed25519', '-N', 'a passphrase');
    await makeKey('other', '-t', 'ed25519', '-N', '');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test.each(['ed25519', 'ecdsa', 'rsa'])(
    'of kind %s says whose it is, also after its way as a token',
    async (name) => {
      const { proof } = parseToken(formatToken(APPROVE, await signWithSsh(MATTER, keyFile(name), context)));
      const file = await signers('eve@acme {other}', `jdoe@acme namespaces="tfrepair-approval-v1" {${name}}`);
      const fingerprint = await fingerprintOf(keyFile(name), context);
      expect(fingerprint).toBe(await fingerprintOf(keyFile(`${name}.pub`), context));
      if (proof.kind !== 'ssh') throw new Error('it is no proof by SSH key');
      expect(await verify(proof, file)).toEqual({ kind: 'ssh', fingerprint, names: ['jdoe@acme'] });
    },
  );

  test('counts under all its names, and is one key', async () => {
    const proof = await signWithSsh(MATTER, keyFile('ed25519'), context);
    const file = await signers(
      'jdoe {ed25519}',
      'asmith,jdoe {ed25519}',
      '"bob" {ed25519}',
      'late valid-before="20200101" {ed25519}',
    );
    expect(await verify(proof, file)).toMatchObject({
      names: ['jdoe', 'asmith', 'bob'],
      otherNames: ['late'],
    });
  });

  test.each([
    ['of a key that is not there', ['jdoe {other}'], 'SignerUnknown'],
    ['into an empty file', [], 'SignerUnknown'],
    ['of a key that is for something else', ['jdoe namespaces="file,git" {ed25519}'], 'ProofNotAccepted'],
    ['of a key whose time is over', ['jdoe valid-before="20200101" {ed25519}'], 'ProofNotAccepted'],
    ['of a key whose time is yet to come', ['jdoe valid-after="20990101" {ed25519}'], 'ProofNotAccepted'],
    ['of a key that is an authority', ['jdoe cert-authority {ed25519}'], 'SignerUnknown'],
    ['of a key that is anybody', ['* {ed25519}'], 'AllowedSignersInvalid'],
    ['of a key in a file that cannot be read', ['jdoe, {ed25519}'], 'AllowedSignersInvalid'],
  ])('is refused %s', async (_, lines, code) => {
    const proof = await signWithSsh(MATTER, keyFile('ed25519'), context);
    await expect(verify(proof, await signers(...lines))).rejects.toMatchObject({ code });
  });

  test.each([
    ['another request', OTHER, 'ProofNotAccepted'],
    ['a rejection', signedMatter(REJECT, CANONICAL), 'ProofInvalid'],
    [
      'one byte more',
      { ...MATTER, bytes: Buffer.concat([CANONICAL, Buffer.from('\n')]) },
      'ProofNotAccepted',
    ],
  ])('is refused for %s', async (_, matter, code) => {
    const proof = await signWithSsh(MATTER, keyFile('ed25519'), context);
    await expect(verify(proof, await signers('jdoe {ed25519}'), matter)).rejects.toMatchObject({ code });
  });

  test('is refused when it was changed', async () => {
    const { signature } = await signWithSsh(MATTER, keyFile('ed25519'), context);
    const lines = signature.split('\n');
    const changed = lines.map((line, index) =>
      index === 4 ? line.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) : line,
    );
    const proof = { kind: 'ssh', signature: changed.join('\n') } as const;
    await expect(verify(proof, await signers('jdoe {ed25519}'))).rejects.toMatchObject({
      code: expect.stringMatching(/^Proof/),
    });
  });

  test('of a key with a passphrase says, where nobody can be asked for it, how to go on', async () => {
    await expect(signWithSsh(MATTER, keyFile('locked'), context)).rejects.toMatchObject({
      ...{ code: 'SshNotSigned', exitCode: 1 },
      ...{ message: expect.stringContaining('passphrase'), hint: expect.stringContaining('ssh-add') },
    });
    expect(await fingerprintOf(keyFile('locked'), context)).toMatch(/^SHA256:/);
  });

  test('cannot be made with a key that is not there', async () => {
    await expect(signWithSsh(MATTER, keyFile('none'), context)).rejects.toMatchObject({
      code: 'SshNotSigned',
    });
    await expect(fingerprintOf(keyFile('none'), context)).rejects.toMatchObject({ code: 'SshKeyUnreadable' });
    await expect(
      signWithSsh(MATTER, keyFile('ecdsa'), { ...context, env: { PATH: folder } }),
    ).rejects.toMatchObject({
      code: 'SshKeygenMissing',
    });
  });

  test('is made by an agent where only the public half of the key is at hand', async () => {
    const socket = join(folder, 'agent');
    const agent = execa('ssh-agent', ['-D', '-a', socket], { reject: false });
    try {
      const env = { ...context.env, SSH_AUTH_SOCK: socket };
      while (await execa('ssh-add', ['-l'], { env, reject: false }).then(({ exitCode }) => exitCode === 2))
        await sleep(20);
      for (const name of ['ed25519', 'ecdsa']) {
        await execa('ssh-add', ['-q', keyFile(name)], { env });
        const lone = keyFile(`lone-${name}.pub`);
        await writeFile(lone, await publicKey(name));
        await expect(signWithSsh(MATTER, lone, context)).rejects.toMatchObject({ code: 'SshNotSigned' });
        const proof = await signWithSsh(MATTER, lone, { ...context, env });
        expect(await verify(proof, await signers(`jdoe {${name}}`))).toMatchObject({ names: ['jdoe'] });
      }
    } finally {
      agent.kill('SIGTERM');
      await agent;
    }
  });
});
