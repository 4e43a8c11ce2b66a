import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { readEvidence } from '../../../src/review/read-evidence.js';
import { successEnvelope } from '../../../src/ui/envelope.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import { ailing, fleet } from '../support/diagnoses.js';

const home = useTempDir();

test('the findings on one root are read, a line for each address', async () => {
  await writeFile(join(home(), 'all.json'), JSON.stringify(successEnvelope('diagnose', fleet)));
  const evidence = await readEvidence('all.json', home(), ailing.name, 1);
  expect(evidence.map(({ code, address }) => [code, address])).toEqual(
    ailing.findings.flatMap(({ code, addresses }) => addresses.map((address) => [code, address])),
  );
  expect(await readEvidence('all.json', home(), 'another-root', 1)).toEqual([]);
});
