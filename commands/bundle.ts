import { Flags } from '@oclif/core';

import type { Config } from '../src/config/config.js';
import { UsageError } from '../src/errors.js';
import type { BundleRequest } from '../src/qontract-server/bundler/build-bundle.js';
import { isCommit, type Commit } from '../src/qontract-server/bundler/git.js';
import { saveBundle, type BundleSummary } from '../src/qontract-server/bundler/save-bundle.js';
import { choiceFromEnvironment, type SourceChoice } from '../src/qontract-server/sources/choose.js';
import { BaseCommand, type FlagsOf } from '../src/ui/base-command.js';
import { renderBundleSummary } from '../src/ui/bundle-summary.js';
import { sourceFlags } from '../src/ui/source-flags.js';

export default class Bundle extends BaseCommand {
  static override summary = 'Make a bundle of an app-interface checkout';

  static override description = [
    'The bundle is the file that a qontract server serves, byte for byte as qontract-bundler makes it: the same files',
    'and the same commit give the same bytes.',
  ].join(' ');

  static override examples = [
    '<%= config.bin %> <%= command.id %> --app-interface . --out data.json',
    '<%= config.bin %> <%= command.id %> --app-interface . --schemas ../schemas --out - | sha256sum',
  ];

  static override flags = {
    'app-interface': sourceFlags['app-interface'],
    schemas: sourceFlags.schemas,
    out: Flags.string({ summary: 'the file to write; - is stdout', helpValue: 'FILE', required: true }),
    'git-commit': Flags.string({
      summary: 'the commit to name instead of the one checked out',
      helpValue: 'SHA',
    }),
    'git-commit-timestamp': Flags.string({
      summary: 'its time, in seconds since the epoch',
      helpValue: 'SECONDS',
    }),
  };

  override async run(): Promise<BundleSummary> {
    const { flags } = await this.parse(Bundle);
    if (flags.out === '-' && this.jsonEnabled()) {
      throw new UsageError('StdoutTaken', '--json and --out - both write to stdout', {
        hint: 'name a file with --out',
      });
    }
    const sources = sourcesOf(flags, choiceFromEnvironment(this.world.env), await this.loadConfig(flags));
    const { buildBundle } = await import('../src/qontract-server/bundler/build-bundle.js');
    const bundle = await buildBundle({ ...sources, commit: commitOf(flags), world: this.world });
    for (const warning of bundle.warnings) this.note(`warning: ${warning}`);
    const summary = await saveBundle(bundle, flags.out, this.world, process.stdout);
    if (summary.path === null) this.note(renderBundleSummary(summary));
    else this.print(renderBundleSummary(summary));
    return summary;
  }
}

type BundleFlags = FlagsOf<typeof Bundle>;

function sourcesOf(
  flags: BundleFlags,
  environment: SourceChoice,
  { tfrepair }: Config,
): Pick<BundleRequest, 'appInterface' | 'schemas'> {
  const appInterface = flags['app-interface'] ?? environment.appInterface ?? tfrepair.app_interface;
  if (appInterface === undefined) {
    throw new UsageError('AppInterfaceMissing', 'no app-interface checkout is named', {
      hint: 'give --app-interface DIR, or set app_interface in the [tfrepair] part of the configuration file',
    });
  }
  return { appInterface, schemas: flags.schemas ?? environment.schemas ?? tfrepair.schemas };
}

function commitOf(flags: BundleFlags): Commit | undefined {
  const hash = flags['git-commit'];
  const timestamp = flags['git-commit-timestamp'];
  if (hash === undefined && timestamp === undefined) return undefined;
  if (hash !== undefined && timestamp !== undefined && isCommit({ hash, timestamp }))
    return { hash, timestamp };
  throw new UsageError(
    'CommitInvalid',
    '--git-commit and --git-commit-timestamp do not name a commit together',
    {
      hint: 'give both: the hash in hexadecimal, and the time in seconds since the epoch',
    },
  );
}
