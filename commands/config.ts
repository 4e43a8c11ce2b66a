import { Flags } from '@oclif/core';

import { UsageError } from '../src/errors.js';
import { writeRendering, type ConfigReport, type WrittenRendering } from '../src/rendering/config-report.js';
import { readOutputsFile } from '../src/rendering/outputs-file.js';
import type { RenderingRequest } from '../src/rendering/render.js';
import { renderWith, RENDERERS } from '../src/rendering/renderers.js';
import { configText, targetOf } from '../src/rendering/write-configs.js';
import { BaseCommand, type FlagsOf } from '../src/ui/base-command.js';
import { renderConfigReport } from '../src/ui/config-report.js';
import { endpointFlags } from '../src/ui/source-flags.js';

export default class Config extends BaseCommand {
  static override summary = "Render an account's Terraform config (config.tf.json)";

  static override description =
    "The config is what qontract-reconcile's terraform-resources would render for the account, without credentials: " +
    'they and every secret travel in the environment. What could not be known is said on stderr.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --app-interface . --account acme-stage > config.tf.json',
    '<%= config.bin %> <%= command.id %> --account acme-stage --account acme-prod --out configs/',
    '<%= config.bin %> <%= command.id %> --bundle data.json --all --offline --out configs/',
    '<%= config.bin %> <%= command.id %> --account acme-stage --renderer auto --out - | less',
  ];

  static override flags = {
    account: Flags.string({
      summary: 'an AWS account, by its name in app-interface; repeatable',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ['all'],
    }),
    all: Flags.boolean({ summary: 'every account' }),
    out: Flags.string({
      summary: 'file, folder or - for stdout; several accounts need a folder',
      helpValue: 'FILE|DIR|-',
      default: '-',
    }),
    offline: Flags.boolean({ summary: 'ask nothing but the data and the configuration file' }),
    outputs: Flags.string({
      summary: "existing outputs (terraform output -json), instead of the state's",
      helpValue: 'FILE',
    }),
    'aws-profile': Flags.string({
      summary: 'AWS profile of the account',
      helpValue: 'NAME',
      env: 'TFREPAIR_AWS_PROFILE',
    }),
    compat: Flags.boolean({
      summary: 'as qontract-reconcile writes it: credentials and secrets in plain text',
      default: false,
    }),
    'all-providers': Flags.boolean({ summary: 'also the providers of regions that no resource uses' }),
    'provider-alias-pruning': Flags.boolean({
      summary: 'only the providers of regions that some resource uses',
      default: true,
      allowNo: true,
    }),
    'terraform-version': Flags.string({ summary: 'pin required_version to this', helpValue: 'VERSION' }),
    'skip-unknown': Flags.boolean({ summary: 'leave out resources whose provider tfrepair does not know' }),
    renderer: Flags.option({ options: RENDERERS, default: 'native' as const })({
      summary: 'who renders; auto: native, compared with qontract-reconcile if installed',
    }),
    'verify-render': Flags.boolean({ summary: 'compare with the installed qontract-reconcile' }),
    ...endpointFlags,
  };

  override async run(): Promise<ConfigReport> {
    const { flags } = await this.parse(Config);
    const accounts = accountsOf(flags);
    const target = await targetOf(flags.out, (accounts?.length ?? 2) > 1);
    const rendering = await renderWith(
      flags.renderer,
      flags['verify-render'],
      await this.request(flags, accounts),
      this.world,
    );
    const written = await writeRendering(rendering, target, flags.compat);
    return this.present(written);
  }

  private async request(flags: ConfigFlags, accounts: string[] | undefined): Promise<RenderingRequest> {
    return {
      source: sourceOf(flags),
      config: await this.loadConfig(flags),
      accounts,
      options: optionsOf(flags),
      offline: flags.offline,
      outputs: flags.outputs === undefined ? undefined : await readOutputsFile(flags.outputs),
      awsProfile: flags['aws-profile'],
      cacheFolder: this.config.cacheDir,
      note: (text) => {
        this.note(text);
      },
    };
  }

  private present({
    report,
    document,
  }: WrittenRendering): ConfigReport & { config?: WrittenRendering['document'] } {
    if (document !== undefined) this.print(configText(document).trimEnd());
    if (!this.jsonEnabled()) this.note(renderConfigReport(report, this.errorColour));
    return document === undefined ? report : { ...report, config: document };
  }
}

type ConfigFlags = FlagsOf<typeof Config>;

function accountsOf({ account, all, outputs }: ConfigFlags): string[] | undefined {
  if (outputs !== undefined && (all || (account?.length ?? 0) > 1)) {
    throw new UsageError('OutputsAmbiguous', '--outputs holds the outputs of one account', {
      hint: 'render one account at a time with it',
    });
  }
  if (all) return undefined;
  if (account !== undefined) return [...new Set(account)];
  throw new UsageError('AccountMissing', 'no account is named', { hint: 'give --account NAME or --all' });
}

function sourceOf(flags: ConfigFlags): RenderingRequest['source'] {
  const { graphql, bundle, schemas } = flags;
  return { graphql, bundle, appInterface: flags['app-interface'], schemas };
}

function optionsOf(flags: ConfigFlags): RenderingRequest['options'] {
  return {
    compat: flags.compat,
    allProviders: flags['all-providers'] || !flags['provider-alias-pruning'],
    terraformVersion: flags['terraform-version'],
    skipUnknown: flags['skip-unknown'],
  };
}
