import { resolve } from 'node:path';

import { UsageError } from '../../errors.js';
import type { SavedSession } from '../../repair/session-file.js';
import type { Verification } from '../../review/carry-out.js';
import type { SigningFlags } from '../approval-flags.js';
import type { SubjectFlags } from '../change-flags.js';
import type { AnswerFlags } from './flag-answers.js';

/** The values of `repairFlags`. */
export interface GivenFlags extends SubjectFlags, SigningFlags, AnswerFlags {
  readonly config?: string | undefined;
  readonly resume?: string | undefined;
  readonly timeout: string;
  readonly aws: boolean;
  readonly only?: string[] | undefined;
  readonly verify: Verification;
  readonly plain: boolean;
  readonly 'request-out'?: string | undefined;
  readonly 'backup-dir'?: string | undefined;
}

/** The same, with what an earlier session was given. */
export interface RepairFlags extends GivenFlags {
  /** What is kept for a later session. */
  readonly kept: SavedSession['flags'];
}

/** What is given now goes over what was given when the request was made. @param cwd for paths */
export function completeFlags(given: GivenFlags, saved: SavedSession | undefined, cwd: string): RepairFlags {
  const path = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : resolve(cwd, name);
  const { graphql, bundle } = given;
  const now = {
    ...{ account: given.account, dir: path(given.dir), config: path(given.config) },
    ...{ 'aws-profile': given['aws-profile'], graphql: hasLogin(graphql) ? undefined : graphql },
    ...{ bundle: bundle?.map((file) => resolve(cwd, file)), 'app-interface': path(given['app-interface']) },
    ...{
      schemas: path(given.schemas),
      'terraform-bin': given['terraform-bin'],
      'ssh-key': path(given['ssh-key']),
    },
  };
  const kept: SavedSession['flags'] = { ...saved?.flags, ...defined(now) };
  const all = { ...given, ...kept, ...defined({ graphql }), kept };
  if (saved !== undefined || given.account !== undefined || given.dir !== undefined) return all;
  throw new UsageError('SubjectMissing', 'nothing is named to repair', {
    hint: 'give --account NAME, --dir DIR, or --resume ID',
  });
}

/** A user and a password are not written down. */
function hasLogin(url: string | undefined): boolean {
  return url?.includes('@') === true;
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Without a terminal, what will be missing is said before anything is begun. @throws UsageError `AnswerMissing` */
export function requireAnswers({ finding, reason }: Pick<AnswerFlags, 'finding' | 'reason'>): void {
  const missing = [
    ...(finding === undefined ? ['--finding CODE[@ADDRESS]'] : []),
    ...(reason === undefined ? ['--reason TEXT'] : []),
  ];
  if (missing.length === 0) return;
  throw new UsageError('AnswerMissing', 'there is no terminal to ask on', {
    hint: `give ${missing.join(' and ')}; tfrepair diagnose tells what there is to repair`,
  });
}
