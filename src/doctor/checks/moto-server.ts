import { basename } from 'node:path';

import { MOTO_HINT } from '../../sandbox/moto/locate.js';
import { missing, ok, type Check } from '../check.js';

/** Only looked for, not started: its first answer takes more than a second. */
export const motoServer: Check = {
  title: 'moto_server',
  purpose: 'an AWS to try on',
  examine: async ({ locateMoto }) => {
    const moto = await locateMoto();
    if (moto === undefined) return missing('not on PATH', MOTO_HINT);
    return ok(moto.download ? `fetched by ${basename(moto.file)}` : 'on PATH');
  },
};
