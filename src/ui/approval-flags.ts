import { Args, Flags } from '@oclif/core';

import { VERIFICATIONS } from '../review/carry-out.js';
import { PROOF_KINDS, type ProofKind } from '../review/signer.js';
import { backupFlags } from './backup-flags.js';

const helpGroup = 'APPROVAL';

/** The request that a command is about. */
export const requestArgs = {
  request: Args.string({
    description: 'the file of a request, its token, its id beside the state, or - for stdin',
    required: true,
    ignoreStdin: true,
  }),
};

/** Flags of the commands that put somebody's name to something. */
export const signingFlags = {
  proof: Flags.option({
    summary: 'prove who you are by AWS credentials or by an SSH key',
    helpGroup,
    options: PROOF_KINDS,
  })(),
  'ssh-key': Flags.string({
    summary: 'an SSH key to sign with, in place of the configured one',
    helpGroup,
    helpValue: 'FILE',
    env: 'TFREPAIR_SSH_KEY',
  }),
  share: Flags.boolean({
    summary: 'leave it beside the state, too, for the other person',
    helpGroup,
    default: false,
  }),
};

/** The values of `signingFlags`. */
export interface SigningFlags {
  readonly proof?: ProofKind | undefined;
  readonly 'ssh-key'?: string | undefined;
  readonly share?: boolean;
}

/** Flags of the commands that compute a restore anew. */
export const earlierFlags = {
  backup: Flags.string({
    summary: 'of a restore: the file of the backup, or its serial; default: by the request',
    helpValue: 'FILE',
  }),
  identity: Flags.string({ summary: 'age identities, for a backup that is encrypted', helpValue: 'FILE' }),
  ...backupFlags,
};

/** The values of `earlierFlags`. */
export interface EarlierFlags {
  readonly backup?: string | undefined;
  readonly identity?: string | undefined;
  readonly 'backup-dir'?: string | undefined;
}

/** Flags of the commands that write. */
export const executionFlags = {
  verify: Flags.option({
    summary: 'what terraform plans afterwards: the addresses, everything or nothing',
    options: VERIFICATIONS,
    default: 'targeted' as const,
  })(),
  ...earlierFlags,
};

/** The values of `executionFlags`. */
export interface ExecutionFlags extends EarlierFlags {
  readonly verify: (typeof VERIFICATIONS)[number];
}
