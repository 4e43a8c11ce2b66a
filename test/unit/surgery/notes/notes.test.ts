import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { parseToken } from '../../../../src/approval/token.js';
import { FileNotes } from '../../../../src/surgery/notes/file-notes.js';
import {
  shareApproval,
  sharedApprovals,
  sharedHandover,
  shareHandover,
} from '../../../../src/surgery/notes/notes.js';
import { requestDigest } from '../../../../src/surgery/request/canonical.js';
import { formatHandover } from '../../../../src/surgery/request/handover.js';
import type { StateStore } from '../../../../src/surgery/store/store.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { approvalOf, stsProofOf, tokenOf } from '../../../support/approvals.js';
import { startS3Server, type S3Server } from '../../../support/s3-server.js';
import { openStore } from '../../../support/s3-store.js';
import { requestOf } from '../../../support/surgery/request.js';

const HANDOVER = { request: requestOf() };
const DIGEST = requestDigest(HANDOVER.request);

describe('what lies beside a state in a file', () => {
  const home = useTempDir();
  let notes: FileNotes;
  beforeEach(async () => {
    await writeFile(join(home(), 'state'), '{}');
    notes = new FileNotes(join(home(), 'state'));
  });

  test('is found again, and may be left there twice', async () => {
    const place = await notes.put('a/b', Buffer.from('one'));
    expect(place).toBe(join(home(), 'state.tfrepair', 'a', 'b'));
    expect(await notes.put('a/b', Buffer.from('one'))).toBe(place);
    expect((await notes.get('a/b', 3))?.toString()).toBe('one');
    expect(await notes.list('a/')).toEqual(['a/b']);
  });

  test('is never replaced by something else', async () => {
    await notes.put('a/b', Buffer.from('one'));
    await expect(notes.put('a/b', Buffer.from('two'))).rejects.toMatchObject({ code: 'NoteNotWritten' });
    expect((await notes.get('a/b', 3))?.toString()).toBe('one');
  });

  test('is nothing where there is nothing, and not read beyond its bound', async () => {
    expect(await notes.get('a/b', 3)).toBeUndefined();
    expect(await notes.list('')).toEqual([]);
    await notes.put('a/b', Buffer.from('long'));
    await expect(notes.get('a/b', 3)).rejects.toMatchObject({ code: 'NoteUnreadable' });
  });

  test('lies beside the state itself, also when that was named by a link', async () => {
    await mkdir(join(home(), 'links'));
    await symlink(join(home(), 'state'), join(home(), 'links', 'state'));
    const linked = new FileNotes(join(home(), 'links', 'state'));
    await linked.put('a/b', Buffer.from('one'));
    expect((await notes.get('a/b', 3))?.toString()).toBe('one');
    expect(await linked.list('a/')).toEqual(['a/b']);
    expect(await readdir(join(home(), 'links'))).toEqual(['state']);
  });

  test('is a request, by any digits of its id that no other one has', async () => {
    await shareHandover(notes, HANDOVER);
    expect(await sharedHandover(notes, DIGEST.slice(0, 8))).toEqual(HANDOVER);
    await expect(sharedHandover(notes, '0'.repeat(12))).rejects.toMatchObject({ code: 'RequestUnknown' });
    const other = `${DIGEST.slice(0, 12)}${'0'.repeat(52)}`;
    await notes.put(`${other}/request`, formatHandover(HANDOVER));
    await expect(sharedHandover(notes, DIGEST.slice(0, 12))).rejects.toMatchObject({
      code: 'RequestAmbiguous',
    });
    await expect(sharedHandover(notes, other)).rejects.toMatchObject({ code: 'RequestInvalid' });
  });

  test('is what several people have said about a request, each once', async () => {
    const tokens = ['1', '2'].map((digit) =>
      tokenOf(approvalOf({ request: DIGEST, proof: stsProofOf({ signature: digit.repeat(64) }) })),
    );
    for (const token of [...tokens, ...tokens]) await shareApproval(notes, parseToken(token), token);
    const elsewhere = tokenOf(approvalOf());
    await shareApproval(notes, parseToken(elsewhere), elsewhere);
    const signatures = (await sharedApprovals(notes, DIGEST)).map(({ proof }) => proof.signature[0]);
    expect(signatures.sort()).toEqual(['1', '2']);
  });
});

describe('what lies beside a state in S3', () => {
  let server: S3Server;
  let store: StateStore;
  beforeEach(async () => {
    server = await startS3Server();
    await fetch(`${server.origin}/states/acme/prod.tfstate`, { method: 'PUT', body: '{}' });
    store = await openStore(server.origin);
  });
  afterEach(async () => {
    store.close();
    await server.close();
    delete process.env['AWS_ENDPOINT_URL'];
  });

  test('is found again, may be left there twice, and is never replaced', async () => {
    const { notes } = store;
    const place = await notes?.put('a/b', Buffer.from('one'));
    expect(place).toBe('s3://states/acme/prod.tfstate.tfrepair/a/b');
    expect(await notes?.put('a/b', Buffer.from('one'))).toBe(place);
    await expect(notes?.put('a/b', Buffer.from('two'))).rejects.toMatchObject({ exitCode: 1 });
    expect((await notes?.get('a/b', 3))?.toString()).toBe('one');
    expect(await notes?.get('a/c', 3)).toBeUndefined();
    await expect(notes?.get('a/b', 2)).rejects.toMatchObject({ code: 'NoteUnreadable' });
  });
});
