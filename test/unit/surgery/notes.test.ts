import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { formatToken } from '../../../src/approval/token.js';
import { FileNotes } from '../../../src/surgery/notes/file-notes.js';
import { sharedApprovals } from '../../../src/surgery/notes/notes.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';

const DIGEST = 'd'.repeat(64);
const PROOF = { kind: 'ssh', signature: 'c2ln' } as const;
const APPROVE = formatToken({ decision: 'approve', request: DIGEST }, PROOF);
const REJECT = formatToken({ decision: 'reject', request: DIGEST, reason: 'in use' }, PROOF);

describe('what people have said beside a state', () => {
  const home = useTempDir();

  async function notesWith(approvals: number): Promise<FileNotes> {
    const state = join(home(), 'terraform.tfstate');
    await writeFile(state, '');
    const notes = new FileNotes(state);
    for (let i = 0; i < approvals; i += 1) {
      await notes.put(`${DIGEST}/approval-${String(i).padStart(16, '0')}`, Buffer.from(APPROVE));
    }
    // The last one by name.
    await notes.put(`${DIGEST}/approval-${'f'.repeat(16)}`, Buffer.from(REJECT));
    return notes;
  }

  test('is read whole, a rejection with it', async () => {
    const found = await sharedApprovals(await notesWith(19), DIGEST);
    expect(found.map(({ decision }) => decision)).toEqual([...Array<string>(19).fill('approve'), 'reject']);
  });

  test('is refused when there is more of it than is read, so that no rejection is pushed out of sight', async () => {
    await expect(sharedApprovals(await notesWith(20), DIGEST)).rejects.toMatchObject({
      ...{ code: 'TooManyApprovals', exitCode: 4 },
      message: expect.stringMatching(
        /^more than 20 approvals lie beside .* dddddddddddd, e\.g\. approval-[0-9f]{16}$/,
      ),
    });
  });
});
