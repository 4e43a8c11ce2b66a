import { readFile } from 'node:fs/promises';

import { expect, test } from '@jest/globals';

import { requires } from './support/requires.js';
import { TIMEOUT, useSharedFolder } from './support/shared-folder.js';

const describe = await requires(['terraform', 'ssh-keygen']);

describe('a request that no second person approves', () => {
  const { addresses, as, requested, historyOf } = useSharedFolder();

  test(
    'a rejection holds for good, also with an approval',
    async () => {
      const request = await requested();
      const { stdout: yes } = await as('rroe', ['review', request, '--confirm', 'root:1']);
      const no = await as('rroe', ['review', request, '--reject', '--reason', 'still in use']);
      expect(no).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^tfra1\./) });
      const approvals = ['--approval', yes.trim()];
      const refused = await as('jdoe', [
        'state',
        'execute',
        request,
        ...approvals,
        '--approval',
        no.stdout.trim(),
      ]);
      expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('still in use') });
      const later = await as('jdoe', ['state', 'execute', request, ...approvals]);
      expect(later).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('still in use') });
      expect(await addresses()).toHaveLength(2);
      const rejected = { by: { person: 'rroe', proof: 'ssh' }, reason: 'still in use' };
      for (const who of ['jdoe', 'rroe']) {
        const { text, requests } = await historyOf(who);
        expect(requests).toMatchObject([{ result: 'rejected', rejected, approvers: [] }]);
        expect(text).toMatch(/rejected by rroe \(ssh\) at .*: still in use/);
      }
    },
    TIMEOUT,
  );

  test(
    'the maker takes a request back, and an approval of it is worth nothing any more',
    async () => {
      const request = await requested();
      const { stdout: yes } = await as('rroe', ['review', request, '--confirm', 'root:1']);
      const long = await as('jdoe', ['review', request, '--reject', '--reason', '理'.repeat(4000)]);
      expect(long).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('2048 bytes') });
      const back = await as('jdoe', ['review', request, '--reject', '--reason', 'asked too early']);
      expect(back).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Rejected by jdoe') });
      const late = await as('jdoe', ['state', 'execute', request, '--approval', yes.trim()]);
      expect(late).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('asked too early') });
      const tokens = ['--approval', yes.trim(), '--approval', back.stdout.trim()];
      const elsewhere = await as('rroe', ['state', 'execute', request, ...tokens]);
      expect(elsewhere).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('asked too early') });
      expect(await addresses()).toHaveLength(2);
    },
    TIMEOUT,
  );

  test(
    'the glass is broken only where it may be, by the maker, and never quietly',
    async () => {
      const request = await requested();
      const why = ['--reason', 'nobody is awake', '--ticket', 'A-1'];
      const phrase = ['--confirm', 'without a second person on root'];
      const off = await as('jdoe', ['state', 'break-glass', request, ...why, ...phrase]);
      expect(off).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('without a second person') });
      const on = 'break_glass = true\n';
      const silent = await as('jdoe', ['state', 'break-glass', request, ...why], on);
      expect(silent).toMatchObject({ exitCode: 2 });
      const other = await as('rroe', ['state', 'break-glass', request, ...why, ...phrase], on);
      expect(other).toMatchObject({ exitCode: 4 });
      expect(await addresses()).toHaveLength(2);
      const done = await as('jdoe', ['state', 'break-glass', request, ...why, ...phrase, '--json'], on);
      expect(done).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('BREAK GLASS') });
      const { result } = JSON.parse(done.stdout) as { result: { aftermath: string; approvers: unknown } };
      expect(result.approvers).toMatchObject([{ person: 'jdoe', proof: 'break-glass:ssh' }]);
      expect(JSON.parse(await readFile(result.aftermath, 'utf8'))).toMatchObject({
        statement: { decision: 'break-glass', reason: 'nobody is awake', ticket: 'A-1' },
      });
      expect(await addresses()).toEqual(['terraform_data.b']);
      const { text, requests } = await historyOf('jdoe');
      const breakGlass = { by: { person: 'jdoe' }, reason: 'nobody is awake', ticket: 'A-1' };
      expect(requests).toMatchObject([{ result: 'done', breakGlass }]);
      expect(text).toMatch(/approved by nobody: jdoe \(break-glass:ssh: [^]*BREAK-GLASS by jdoe/);
    },
    TIMEOUT,
  );
});
