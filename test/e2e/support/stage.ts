import { rm } from 'node:fs/promises';

import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { execa } from 'execa';

import type { FleetDiagnosis, OwnedFinding, RootDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import type { PlanReport } from '../../../src/planning/plan-report.js';
import { sdkCredentials } from '../../../src/sandbox/aws/keys.js';
import type { Sandbox, SandboxAccount } from '../../../src/sandbox/sandbox.js';
import { startFaultyProxy, type FaultyProxy } from '../../support/faulty-proxy.js';
import { cleanEnv, runCli, type CliOptions, type CliResult } from './run-cli.js';
import { createS3 } from './s3.js';
import { accountOf, openExampleSandbox } from './sandbox.js';
import { createTempDir } from './temp-dir.js';

/** Longer than any plan of a test takes, on a busy machine too. */
const TIMEOUT = 240_000;

/** What tests change in a state document. */
export interface StateDocument {
  resources: StateResource[];
}

export interface StateResource {
  mode: string;
  type: string;
  name: string;
  provider: string;
  instances: { schema_version: number; status?: string; attributes: Record<string, unknown> }[];
}

export interface Diagnosed extends CliResult {
  readonly diagnosis: RootDiagnosis;
  readonly findings: readonly OwnedFinding[];
}

/**
 * The example's account ferries-stage, in which terraform has made some resources. The CLI reaches AWS through a proxy
 * that can be told to break; tests change AWS behind terraform's back past it.
 */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly account: SandboxAccount;
  readonly proxy: FaultyProxy;
  /** For clients of the AWS SDK, as the operator. */
  readonly sdk: { endpoint: string; region: string; credentials: ReturnType<typeof sdkCredentials> };
  readonly s3: S3Client;
  /** The environment of the CLI, as the operator. */
  readonly env: Readonly<Record<string, string>>;
  /** What the CLI leaves behind, its cache aside, is in there. */
  readonly home: string;
  /** The stored state, as text. */
  state(): Promise<string>;
  /** Runs a test with another state stored, and brings the right one back. */
  withState(edit: (state: StateDocument) => void, run: () => Promise<void>): Promise<void>;
  /** Makes resources with terraform, as the reconcile loop does. */
  apply(addresses: readonly string[]): Promise<void>;
  /** `tfrepair diagnose --account ferries-stage --json` */
  diagnose(args?: readonly string[], options?: CliOptions): Promise<Diagnosed>;
  close(): Promise<void>;
}

/** Opens a stage. @param prepare changes app-interface before anything is made */
export async function openStage(
  addresses: readonly string[],
  prepare: (sandbox: Sandbox) => Promise<void> = () => Promise.resolve(),
): Promise<Stage> {
  const sandbox = await openExampleSandbox();
  try {
    await prepare(sandbox);
    const stage = await stageOf(sandbox);
    await stage.apply(addresses);
    return stage;
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

async function stageOf(sandbox: Sandbox): Promise<Stage> {
  const account = accountOf(sandbox, 'ferries-stage');
  const { keys } = account.identities.operator;
  const home = await createTempDir();
  const proxy = await startFaultyProxy(sandbox.endpoint);
  const env = { ...sandbox.envOf(account, 'operator'), AWS_ENDPOINT_URL: proxy.origin };
  const s3 = createS3(sandbox.endpoint, keys);
  const place = { Bucket: account.state.bucket, Key: account.state.key };
  const state = async (): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand(place));
    return (await Body?.transformToString()) ?? '';
  };
  const store = (text: string) => s3.send(new PutObjectCommand({ ...place, Body: text }));
  return {
    ...{ sandbox, account, proxy, s3, env, home, state },
    sdk: { endpoint: sandbox.endpoint, region: account.region, credentials: sdkCredentials(keys) },
    withState: async (edit, run) => {
      const text = await state();
      const document = JSON.parse(text) as StateDocument;
      edit(document);
      await store(JSON.stringify(document));
      await run().finally(() => store(text));
    },
    apply: (addresses) => apply(sandbox, account, home, addresses),
    diagnose: async (args = [], options = {}) => {
      const words = ['diagnose', '--account', account.name, '--json', ...args];
      return read(
        await runCli(words, home, { timeout: TIMEOUT, ...options, env: { ...env, ...options.env } }),
      );
    },
    close: async () => {
      s3.destroy();
      await proxy.close();
      await sandbox.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Plans as the CLI does, and lets terraform itself apply that. */
async function apply(
  sandbox: Sandbox,
  account: SandboxAccount,
  home: string,
  addresses: readonly string[],
): Promise<void> {
  const env = sandbox.envOf(account, 'terraform');
  const only = addresses.flatMap((address) => ['--only', address]);
  const args = ['plan', '--account', account.name, '--json', '--keep-workdir', ...only];
  const { stdout } = await runCli(args, home, { env, timeout: TIMEOUT });
  const { result } = JSON.parse(stdout) as { result: PlanReport };
  const cwd = result.workdir ?? '';
  await execa('terraform', ['apply', '-no-color', '-parallelism=30', 'tfrepair.tfplan'], {
    ...{ cwd, env: { ...cleanEnv(home), ...env }, extendEnv: false },
    ...{ timeout: TIMEOUT, killSignal: 'SIGKILL' },
  });
  await rm(cwd, { recursive: true });
}

function read(cli: CliResult): Diagnosed {
  const { result } = JSON.parse(cli.stdout) as { result: FleetDiagnosis };
  const [diagnosis] = result.accounts;
  if (diagnosis === undefined) throw new Error(`no diagnosis: ${cli.stdout}${cli.stderr}`);
  return { ...cli, diagnosis, findings: diagnosis.findings };
}

/** The resource of a state at an address without module and key. @throws when there is none */
export function resourceAt({ resources }: StateDocument, address: string): StateResource {
  const found = resources.find(({ mode, type, name }) => mode === 'managed' && `${type}.${name}` === address);
  if (found === undefined) throw new Error(`the state has no ${address}`);
  return found;
}
