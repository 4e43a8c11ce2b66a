import { programAsker } from '../clients/ask-program.js';
import { FailedError } from '../errors.js';
import type { World } from '../world.js';
import { cliConfigEnvironment } from './cli-config.js';
import { terraformEnvironment } from './environment.js';
import { findTerraform, type TerraformExecutable } from './executable.js';
import { errorsIn } from './explain-output.js';
import { secretMask } from './mask.js';
import type { TerraformRoot } from './root.js';
import { runTerraform, type RunResult } from './run.js';

/** Terraform or OpenTofu, ready to be run in any root. */
export interface Terraform extends TerraformExecutable {
  /** What decides, besides a root, what `init` installs and from where; by name. */
  readonly cliConfig: Readonly<Record<string, string>>;
  /** Milliseconds that one run may take. */
  readonly timeoutMs: number;
  /**
   * @param onLine told every line of stdout
   * @throws the interruption; FailedError `TerraformUnusable` when it cannot be started
   */
  run(root: TerraformRoot, args: readonly string[], onLine?: (line: string) => void): Promise<RunResult>;
}

export interface TerraformOptions {
  /** A path or name of an executable; undefined: `terraform` or `tofu` on `PATH`. */
  readonly named: string | undefined;
  /** Private; for terraform's CLI configuration. */
  readonly folder: string;
  /** A folder for downloads that are worth keeping. */
  readonly cacheFolder: string;
  /** Milliseconds that one run may take. */
  readonly timeoutMs: number;
}

const ASK_LIMITS = { timeoutMs: 10_000, maxBytes: 64 * 1024 };

/** Finds terraform and gives it its CLI configuration. @throws FailedError `TerraformMissing`, `TerraformUnusable` */
export async function openTerraform(
  { named, folder, cacheFolder, timeoutMs }: TerraformOptions,
  { env, cwd, signal }: Pick<World, 'env' | 'cwd' | 'signal'>,
): Promise<Terraform> {
  const ask = programAsker(terraformEnvironment(env, {}), signal, ASK_LIMITS);
  const [executable, cliConfig] = await Promise.all([
    findTerraform(named, { ask, path: env['PATH'] ?? '', cwd }),
    cliConfigEnvironment(folder, { env, cwd, cacheFolder }),
  ]);
  return {
    ...executable,
    cliConfig,
    timeoutMs,
    run: (root, args, onLine = () => undefined) => {
      const whole = terraformEnvironment(env, { ...cliConfig, ...root.env });
      const { file } = executable;
      return runTerraform({ file, args, folder: root.folder, env: whole, timeoutMs, onLine }, signal);
    },
  };
}

/** What to say of a run that failed, with terraform's own words and without the root's secrets. */
export function runFailure(
  code: string,
  what: string,
  { exitCode, timedOut, stderr }: RunResult,
  root: TerraformRoot,
): FailedError {
  const end = timedOut
    ? 'took too long'
    : `ended with ${exitCode === undefined ? 'a signal' : `exit code ${exitCode}`}`;
  const words = secretMask(root.env)(errorsIn(stderr));
  const hint = timedOut ? 'give it more time with --timeout' : undefined;
  return new FailedError(
    code,
    `${what} ${end}${words === '' ? '' : `: ${words}`}`,
    hint === undefined ? {} : { hint },
  );
}
