import { lookAtInstallation } from '../../qontract-reconcile/generation.js';
import { missing, ok, wrong, type Check } from '../check.js';

const GET_IT = 'install it in a Python environment of its own: pip install qontract-reconcile';

export const qontractReconcile: Check = {
  title: 'qontract-reconcile',
  purpose: 'config --renderer',
  examine: async (world) => {
    const path = await world.findProgram('qontract-reconcile');
    if (path === undefined) return missing('not on PATH', GET_IT);
    const installation = await lookAtInstallation(path, world);
    switch (installation.kind) {
      case 'usable':
        return ok(`prints with --${installation.generation}`);
      case 'broken':
        return wrong(installation.why, GET_IT);
      case 'unknown':
        return ok('its generation is unknown');
    }
  },
};
