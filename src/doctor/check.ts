import type { AskProgram } from '../clients/ask-program.js';
import type { Config } from '../config/config.js';
import type { MotoProgram } from '../sandbox/moto/locate.js';
import type { ProviderMirror } from '../terraform/provider-mirror.js';
import type { World } from '../world.js';

/** How something that features need was found. */
export type CheckState = 'ok' | 'missing' | 'wrong';

export interface CheckResult {
  readonly state: CheckState;
  /** What is there, e.g. `terraform 1.11.4`, or in a few words what is the matter. Never a secret. */
  readonly found: string;
  /** What to do about it, when it is not ok. */
  readonly advice?: string;
}

/** What the checks may do. */
export interface DoctorWorld extends World {
  readonly home: string;
  readonly ask: AskProgram;
  /** The path of a program on `PATH`; undefined when there is none that may be executed. */
  readonly findProgram: (name: string) => Promise<string | undefined>;
  /** The text of a small file; undefined when it cannot be read. */
  readonly readText: (file: string) => Promise<string | undefined>;
  /** Names in a folder; undefined when there is no such folder. */
  readonly listFolder: (folder: string) => Promise<readonly string[] | undefined>;
  readonly findProviderMirror: () => Promise<ProviderMirror | undefined>;
  /** A way to start the AWS API server of the sandbox. */
  readonly locateMoto: () => Promise<MotoProgram | undefined>;
  /** Who AWS says that we are, as an ARN; asks the network. */
  readonly callerArn: () => Promise<string>;
}

/** What the user decided. */
export interface DoctorSettings {
  readonly config: Config;
  /** The terraform or tofu executable, when one is named. */
  readonly terraformBin: string | undefined;
  /** Whether AWS may be asked over the network. */
  readonly online: boolean;
}

/** One thing that features need from this machine, and how to find out about it. */
export interface Check {
  /** What it is called, in at most 18 characters. */
  readonly title: string;
  /** What it is needed for, in at most 20 characters. */
  readonly purpose: string;
  readonly examine: (world: DoctorWorld, settings: DoctorSettings) => Promise<CheckResult>;
}

export function ok(found: string): CheckResult {
  return { state: 'ok', found };
}

export function missing(found: string, advice: string): CheckResult {
  return { state: 'missing', found, advice };
}

export function wrong(found: string, advice: string): CheckResult {
  return { state: 'wrong', found, advice };
}
