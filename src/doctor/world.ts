import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';

import { readTextIfAny } from '../bounded-file.js';
import { programAsker } from '../clients/ask-program.js';
import { findProgram } from '../find-program.js';
import { locateMoto } from '../sandbox/moto/locate.js';
import { findProviderMirror } from '../terraform/provider-mirror.js';
import type { World } from '../world.js';
import { callerArn } from './caller-arn.js';
import type { DoctorWorld } from './check.js';

const MAX_FILE_BYTES = 256 * 1024;

/** The real world of the checks. */
export function createDoctorWorld(world: World): DoctorWorld {
  // Plain answers, in English, and no look for updates.
  const env = { ...world.env, CHECKPOINT_DISABLE: '1', LC_ALL: 'C', NO_COLOR: '1' };
  return {
    ...world,
    home: world.env['HOME'] ?? homedir(),
    ask: programAsker(env, world.signal, { timeoutMs: 3000, maxBytes: 64 * 1024 }),
    findProgram: (name) => findProgram(name, world.env['PATH'] ?? ''),
    readText: (file) => readTextIfAny(file, MAX_FILE_BYTES),
    listFolder: async (folder) => readdir(folder).catch(() => undefined),
    findProviderMirror: () => findProviderMirror(world.env),
    locateMoto: () => locateMoto(world.env['PATH'] ?? ''),
    callerArn: () => callerArn(world),
  };
}
