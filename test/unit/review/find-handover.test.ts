import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { findApproval, findHandover } from '../../../src/review/find-handover.js';
import { FileNotes } from '../../../src/surgery/notes/file-notes.js';
import { shareHandover } from '../../../src/surgery/notes/notes.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import { formatHandover, handoverToken, MAX_HANDOVER_BYTES } from '../../../src/surgery/request/handover.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import { approvalOf, tokenOf } from '../../support/approvals.js';
import { requestOf } from '../../support/surgery/request.js';

const HANDOVER = { request: requestOf() };
const ID = requestDigest(HANDOVER.request).slice(0, 12);

async function* bytes(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

describe('a request that somebody names', () => {
  const home = useTempDir();
  const find = (named: string, stdin = bytes(), notes?: FileNotes) =>
    findHandover(named, { cwd: home(), stdin, notes });

  test('is read from a file, from a token and from stdin', async () => {
    await writeFile(join(home(), 'request.json'), formatHandover(HANDOVER));
    const whole = formatHandover(HANDOVER);
    const stdin = bytes(whole.subarray(0, 40), whole.subarray(40));
    expect(await find('request.json')).toEqual(HANDOVER);
    expect(await find(handoverToken(HANDOVER))).toEqual(HANDOVER);
    expect(await find('-', stdin)).toEqual(HANDOVER);
  });

  test('is found by its id beside the state, unless a file is called so', async () => {
    await writeFile(join(home(), 'state'), '');
    const notes = new FileNotes(join(home(), 'state'));
    await shareHandover(notes, HANDOVER);
    expect(await find(ID, bytes(), notes)).toEqual(HANDOVER);
    const other = { request: requestOf({ reason: 'another' }) };
    await writeFile(join(home(), ID), formatHandover(other));
    expect(await find(ID, bytes(), notes)).toEqual(other);
  });

  test('is unknown where nothing can lie beside the state', async () => {
    await expect(find(ID)).rejects.toMatchObject({ code: 'RequestUnknown', exitCode: 2 });
  });

  test('is refused when it is larger than any request, before all of it is read', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1;
        yield await Promise.resolve(new Uint8Array(MAX_HANDOVER_BYTES));
      }
    }
    await expect(find('-', endless())).rejects.toMatchObject({ code: 'RequestUnreadable' });
    expect(read).toBe(3);
  });
});

describe('an approval that somebody names', () => {
  const home = useTempDir();
  const token = tokenOf(approvalOf());

  test('is a token, or a file with one', async () => {
    await writeFile(join(home(), 'token.txt'), `${token}\n`);
    const approval = await findApproval(token, home());
    expect(approval).toMatchObject({ decision: 'approve', request: 'a'.repeat(64) });
    expect(await findApproval('token.txt', home())).toEqual(approval);
  });

  test('is named when it cannot be read', async () => {
    await expect(findApproval('none.txt', home())).rejects.toMatchObject({
      code: 'ApprovalUnreadable',
      message: expect.stringContaining('none.txt') as unknown,
    });
  });
});
