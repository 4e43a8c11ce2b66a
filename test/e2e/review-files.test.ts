import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { requires } from './support/requires.js';
import { TIMEOUT, useSharedFolder } from './support/shared-folder.js';

const describe = await requires(['terraform', 'ssh-keygen']);

describe('two people with SSH keys and a state in a file', () => {
  const { home, stateFile, state, addresses, as, requested, historyOf } = useSharedFolder();

  test(
    'ask, review and execute: the state is as approved, and the next plan is the one that was foretold',
    async () => {
      const request = await requested();
      const before = await state();
      const reviewed = await as('rroe', ['review', request, '--confirm', 'root:1']);
      expect(reviewed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^tfra1\.[\w-]+\n$/) });
      for (const seen of ['terraform_data.a is forgotten', 'it is gone', 'jdoe', 'create terraform_data.a']) {
        expect(reviewed.stderr).toContain(seen);
      }
      expect(await state()).toBe(before);
      const approval = reviewed.stdout.trim();
      const done = await as('jdoe', ['state', 'execute', request, '--approval', approval, '--json']);
      expect(done).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(done.stdout)).toMatchObject({
        result: {
          approvers: [{ person: 'rroe', proof: 'ssh' }],
          plan: { kind: 'as-expected', planned: [{ address: 'terraform_data.a', action: 'create' }] },
        },
      });
      expect(done.stderr).toMatch(
        /taking the lock[^]*noting beside the state[^]*writing the state[^]*reading it back/,
      );
      expect(await addresses()).toEqual(['terraform_data.b']);

      const again = await as('jdoe', ['state', 'execute', request, '--approval', approval]);
      expect(again).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('executed before') });
      const { text, requests } = await historyOf('jdoe');
      expect(requests).toMatchObject([
        {
          result: 'done',
          operations: ['rm'],
          reason: 'it is gone',
          approvers: [{ person: 'rroe', proof: 'ssh' }],
        },
      ]);
      expect(text).toMatch(/ {2}done {2}[^]*approved by rroe \(ssh: SHA256:/);
    },
    TIMEOUT,
  );

  test(
    'the maker is no second person, and neither is somebody whom nobody knows',
    async () => {
      const request = await requested();
      const own = await as('jdoe', ['review', request, '--confirm', 'root:1']);
      expect(own).toMatchObject({ exitCode: 4, stdout: '' });
      expect(own.stderr).toContain('the maker both use the SSH key');
      const stranger = await as('ppoe', ['review', request, '--confirm', 'root:1']);
      expect(stranger).toMatchObject({ exitCode: 4, stdout: '' });
      expect(stranger.stderr).toContain('nobody knows whose');
      expect(stranger.stderr).not.toContain('is forgotten');
      const none = await as('jdoe', ['state', 'execute', request]);
      expect(none).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('nobody has approved') });
      expect(await addresses()).toEqual(['terraform_data.a', 'terraform_data.b']);
    },
    TIMEOUT,
  );

  test(
    'nothing is approved unless what it is about is said',
    async () => {
      const request = await requested();
      const silent = await as('rroe', ['review', request]);
      expect(silent).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('--confirm') });
      const wrong = await as('rroe', ['review', request, '--confirm', 'root:2']);
      expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    },
    TIMEOUT,
  );

  test(
    'a state that was written since the review is left alone: exit code 5',
    async () => {
      const request = await requested();
      const { stdout } = await as('rroe', ['review', request, '--confirm', 'root:1']);
      const changed = (await state()).replace(
        /"serial": (\d+)/,
        (_, serial) => `"serial": ${Number(serial) + 1}`,
      );
      await writeFile(stateFile(), changed);
      const late = await as('jdoe', ['state', 'execute', request, '--approval', stdout.trim()]);
      expect(late).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('nothing was written') });
      expect(await state()).toBe(changed);
      const review = await as('rroe', ['review', request, '--confirm', 'root:1']);
      expect(review).toMatchObject({ exitCode: 4, stdout: '' });
      expect(review.stderr).toContain('the state has changed since the request was made');
    },
    TIMEOUT,
  );

  test(
    'a request that was tampered with is shown for what it is, and refused',
    async () => {
      const request = await requested();
      const { request: claimed } = JSON.parse(await readFile(request, 'utf8')) as {
        request: { post: { sha256: string }; expectedPlan: unknown[] };
      };
      claimed.post.sha256 = 'a'.repeat(64);
      claimed.expectedPlan = [];
      // Its keys stay in canonical order.
      const tampered = join(home(), 'tampered.json');
      await writeFile(tampered, JSON.stringify(claimed));
      const review = await as('rroe', ['review', tampered, '--confirm', 'root:1']);
      expect(review).toMatchObject({ exitCode: 4, stdout: '' });
      expect(review.stderr).toContain('This is not what the request says');
      expect(review.stderr).toContain('make another state than the request says');
      expect(review.stderr).toContain('create terraform_data.a, which the request does not say');
      const { stdout: token } = await as('rroe', ['review', request, '--confirm', 'root:1']);
      const rebound = await as('jdoe', ['state', 'execute', tampered, '--approval', token.trim()]);
      expect(rebound).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('about request') });
    },
    TIMEOUT,
  );

  test(
    'the reviewer writes it in the same breath, and both find each other beside the state',
    async () => {
      const shared = await as('jdoe', [
        'state',
        'mv',
        'terraform_data.a',
        'terraform_data.c',
        '--reason',
        'new name',
        '--share',
        '--json',
      ]);
      const { result } = JSON.parse(shared.stdout) as {
        result: { request: { digest: string; shared: string } };
      };
      expect(result.request.shared).toContain('terraform.tfstate.tfrepair');
      const id = result.request.digest.slice(0, 12);
      const left = await as('rroe', ['review', id, '--confirm', 'root:1', '--share', '--out', 'token.txt']);
      expect(left).toMatchObject({ exitCode: 0 });
      expect(await readFile(join(home(), 'home-rroe', 'token.txt'), 'utf8')).toBe(left.stdout);
      const done = await as('rroe', ['review', id, '--confirm', 'root:1', '--execute', '--verify', 'none']);
      expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('approved  by rroe (ssh') });
      expect(await addresses()).toEqual(['terraform_data.b', 'terraform_data.c']);
      const twice = await as('jdoe', ['state', 'execute', id]);
      expect(twice).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('nothing was written') });
    },
    TIMEOUT,
  );
});
