import { resolve } from 'node:path';

import { ExitCode, UsageError } from '../errors.js';
import type { Config } from '../config/config.js';
import { ask, type Maker } from '../surgery/ask.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { Operation } from '../surgery/operations/operation.js';
import { withStateRoot, type StateRoot, type StateRootRequest } from '../surgery/roots/state-root.js';
import type { StoredState } from '../surgery/store/store.js';
import type { TerraformPort } from '../surgery/terraform/terraform-port.js';
import { SCHEMA_VERSION } from './envelope.js';
import { BaseCommand } from './base-command.js';
import { renderAsked, type CautiousReport } from './asked-report.js';
import { askedBy, stateRootRequest, type ChangeFlags, type SubjectFlags } from './change-flags.js';
import { terraformOptions } from './terraform-flags.js';

type Evidence = SurgeryRequest['evidence'];

/** What the commands about states have in common. */
export abstract class StateCommand extends BaseCommand {
  /** Opens the state that the flags name for as long as `action` takes. */
  protected async withState<T>(
    flags: SubjectFlags & { config?: string | undefined },
    action: (root: StateRoot, config: Config, request: StateRootRequest) => Promise<T>,
  ): Promise<T> {
    const config = await this.loadConfig(flags);
    const request = stateRootRequest(flags, config, {
      cacheFolder: this.config.cacheDir,
      note: (text) => {
        this.note(text);
      },
    });
    return withStateRoot(request, this.world, (root) => action(root, config, request));
  }

  /** Prepares a request, says what is in it, and ends with 4: a second person has to approve it. */
  protected async askFor(
    flags: ChangeFlags & { config?: string | undefined },
    operationOf: (
      root: StateRoot,
      config: Config,
    ) => Promise<{ operation: Operation; earlier?: StoredState }>,
  ): Promise<CautiousReport> {
    const asked = askedBy(flags);
    const report = await this.withState(flags, async (root, config, request) => {
      const { operation, earlier } = await operationOf(root, config);
      const hand = {
        engine: flags.engine ?? 'native',
        terraform: await this.terraformFor(flags, root, config),
      };
      const maker = await this.makerOf(flags, root, request);
      const { caution, notes } = root.store;
      if (asked.share === true && notes === undefined) throw cannotShare(root);
      const evidence = await this.evidenceFor(flags, root);
      const whole = { ...asked, ...hand, evidence, operations: [operation], earlier };
      const prepared = await ask(whole, root, maker);
      return caution === undefined ? prepared : { ...prepared, caution };
    });
    this.print(renderAsked(report, this.colour, this.width));
    if (report.request !== undefined) this.endWith(ExitCode.refused);
    return report;
  }

  /** Whoever asks, with what proves that the request is theirs. Nobody signs for a look. */
  private async makerOf(flags: ChangeFlags, root: StateRoot, request: StateRootRequest): Promise<Maker> {
    const { version, dataDir: dataFolder } = this.config;
    const maker = { version, dataFolder, world: this.world };
    if (flags['dry-run']) return maker;
    const { makerIn } = await import('../review/maker-in.js');
    const { openSession } = await import('../review/session.js');
    const sshKey = this.pathOf(flags['ssh-key']);
    const session = await openSession(root, request, { dataFolder, sshKey }, this.world);
    return { ...maker, ...(await makerIn(session, flags.proof)) };
  }

  private async evidenceFor({ evidence }: ChangeFlags, { name }: StateRoot): Promise<Evidence> {
    if (evidence === undefined) return [];
    const { readEvidence } = await import('../review/read-evidence.js');
    return readEvidence(evidence, this.world.cwd, name, SCHEMA_VERSION);
  }

  /** A path that the user gave. */
  protected pathOf(named: string | undefined): string | undefined {
    return named === undefined ? undefined : resolve(this.world.cwd, named);
  }

  /** Terraform's hand, for the changes that have a use for it. */
  private async terraformFor(flags: ChangeFlags, root: StateRoot, config: Config): Promise<TerraformPort> {
    const { terraformPort } = await import('../surgery/terraform/terraform-port.js');
    return terraformPort(root, terraformOptions(flags, config, this.config.cacheDir), this.world);
  }
}

function cannotShare({ store }: StateRoot): UsageError {
  return new UsageError('ShareImpossible', `nothing can be left beside ${store.label}`, {
    hint: 'leave --share away, and hand over the file of the request',
  });
}
