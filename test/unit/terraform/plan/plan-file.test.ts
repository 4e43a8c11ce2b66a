import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { readPlanFile } from '../../../../src/terraform/plan/plan-file.js';
import { makeZip, type ZipEntry } from '../../support/zip.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-plan-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function file(content: Uint8Array): Promise<string> {
  const path = join(folder, 'plan.zip');
  await writeFile(path, content);
  return path;
}

function state(id: string): Buffer {
  const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
  const instances = [{ attributes: { id } }];
  const resources = [{ mode: 'managed', type: 't', name: 'n', provider, instances }];
  return Buffer.from(
    JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 0, lineage: '', resources }),
  );
}

const PRIOR: ZipEntry = { name: 'tfstate-prev', content: state('before') };
const REFRESHED: ZipEntry = { name: 'tfstate', content: state('after') };
const PLAN: ZipEntry = { name: 'tfplan', content: Buffer.from('protobuf') };

describe('a plan file', () => {
  test('holds the stored and the refreshed state', async () => {
    const path = await file(makeZip([PLAN, REFRESHED, PRIOR]));
    const { prior, refreshed } = await readPlanFile(path);
    expect(prior.instances[0]?.id).toBe('before');
    expect(refreshed.instances[0]?.id).toBe('after');
  });

  test.each<[string, Buffer, string]>([
    ['without the stored state', makeZip([PLAN, REFRESHED]), 'there is no tfstate-prev in it'],
    ['that is no zip', Buffer.from('{"format_version":"1.2"}'), 'cannot be read'],
    ['that is empty', Buffer.alloc(0), 'cannot be read'],
    [
      'with a state of another version',
      makeZip([PRIOR, { name: 'tfstate', content: Buffer.from('{"version":5}') }]),
      'format version 5',
    ],
    [
      'that claims more than a state can have',
      makeZip([PRIOR, { ...REFRESHED, claimedSize: 4_000_000_000 }]),
      'tfstate in it has 4000000000 bytes',
    ],
    [
      'that unpacks to more than it claims',
      makeZip([PRIOR, { name: 'tfstate', content: Buffer.alloc(50_000_000), claimedSize: 1000 }]),
      'cannot be read',
    ],
  ])('%s is refused, with the reason', async (_, content, message) => {
    await expect(readPlanFile(await file(content))).rejects.toMatchObject({
      code: 'PlanFileUnreadable',
      message: expect.stringContaining(message),
    });
  });

  test('that does not exist is refused by its name', async () => {
    await expect(readPlanFile(join(folder, 'none'))).rejects.toMatchObject({
      code: 'PlanFileUnreadable',
      message: expect.stringContaining(join(folder, 'none')),
    });
  });

  test('that was cut off or damaged anywhere is refused or read', async () => {
    const whole = makeZip([PLAN, REFRESHED, PRIOR]);
    const at = fc.nat(whole.length - 1);
    await fc.assert(
      fc.asyncProperty(at, fc.nat(255), fc.boolean(), async (place, byte, cut) => {
        const damaged = cut ? whole.subarray(0, place) : Buffer.from(whole);
        if (!cut) damaged[place] = byte;
        const outcome = await readPlanFile(await file(damaged)).catch((error: unknown) => error);
        const refused = expect.objectContaining({ code: 'PlanFileUnreadable' });
        const isRead = typeof outcome === 'object' && outcome !== null && 'refreshed' in outcome;
        if (!isRead) expect(outcome).toEqual(refused);
      }),
      { numRuns: 100 },
    );
  });
});
