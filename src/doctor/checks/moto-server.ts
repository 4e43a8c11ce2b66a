import { missing, ok, type Check } from '../check.js';

/** Only looked for, not started: its first answer takes more than a second. */
export const motoServer: Check = {
  title: 'moto_server',
  purpose: 'an AWS to try on',
  examine: async ({ findProgram }) =>
    (await findProgram('moto_server')) === undefined
      ? missing('not on PATH', "pip install 'moto[server]'")
      : ok('on PATH'),
};
