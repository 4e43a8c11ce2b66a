import { programAsker } from '../clients/ask-program.js';
import { FailedError } from '../errors.js';
import type { World } from '../world.js';
import { cliConfigEnvironment } from './cli-config.js';
import { terraformEnvironment } from './environment.js';
import { findTerraform, type TerraformExecutable } from './executable.js';
import { errorsIn } from './explain-output.js';
import { LineSplitter } from './line-splitter.js';
import { secretMask } from './mask.js';
import type { TerraformRoot } from './root.js';
import { runTerraform, type Invocation, type RunResult } from './run.js';

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
  /** The same, for a command whose whole output is its answer. @throws FailedError `TerraformOutput`: it is too large */
  ask(root: TerraformRoot, args: readonly string[]): Promise<RunResult & { readonly stdout: Buffer }>;
}

/** Events are some hundred bytes; a diagnostic may quote much. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;

/** The state of 100,000 instances is some 200 MB, and a text of more than this could not be parsed. */
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;

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
  const { file } = executable;
  const start = (root: TerraformRoot, args: readonly string[], onOutput: Invocation['onOutput']) => {
    const whole = terraformEnvironment(env, { ...cliConfig, ...root.env });
    return runTerraform({ file, args, folder: root.folder, env: whole, timeoutMs, onOutput }, signal);
  };
  return {
    ...{ ...executable, cliConfig, timeoutMs },
    run: async (root, args, onLine = () => undefined) => {
      const lines = new LineSplitter(onLine, MAX_LINE_BYTES);
      const result = await start(root, args, (chunk) => {
        lines.push(chunk);
      });
      lines.end();
      return result;
    },
    ask: async (root, args) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const result = await start(root, args, (chunk) => {
        size += chunk.length;
        if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
      });
      if (size > MAX_ANSWER_BYTES) throw tooLarge(executable.product, args);
      return { ...result, stdout: Buffer.concat(chunks) };
    },
  };
}

function tooLarge(product: string, args: readonly string[]): FailedError {
  return new FailedError(
    'TerraformOutput',
    `${product} ${args[0] ?? ''} printed more than ${MAX_ANSWER_BYTES} bytes`,
  );
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
