import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { compareCase, differentialCases } from '../support/surgery/differential.js';
import { terraformVersion, TerraformState } from '../support/surgery/terraform-state.js';
import { requires } from './support/requires.js';
import { useTempDir } from './support/temp-dir.js';

const SEED = 20_261_123;
const CASES = 320;
const BATCH = 40;

/** `npm run fuzz` runs others, as many as one likes. */
const describeWithTerraform = await requires(['terraform']);

describeWithTerraform('operations on random states', () => {
  const tempDir = useTempDir();

  test.each(Array.from({ length: CASES / BATCH }, (_, batch) => batch))(
    'do what terraform state does, and refuse what it refuses (batch %i)',
    async (batch) => {
      const all = differentialCases(SEED + batch, BATCH, await terraformVersion());
      const queue = all.values();
      const compared: Awaited<ReturnType<typeof compareCase>>[] = [];
      const work = async (name: string): Promise<void> => {
        const terraform = new TerraformState(join(tempDir(), name));
        for (const one of queue) compared.push(await compareCase(one, terraform));
      };
      await Promise.all([work('a'), work('b')]);
      expect(compared.map(({ difference }) => difference).filter((text) => text !== undefined)).toEqual([]);
      expect(compared).toHaveLength(BATCH);
      expect(compared.filter(({ isRefused }) => !isRefused).length).toBeGreaterThan(BATCH / 2);
    },
  );
});
