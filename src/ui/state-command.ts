import { ExitCode } from '../errors.js';
import type { Config } from '../config/config.js';
import { ask } from '../surgery/ask.js';
import type { Operation } from '../surgery/operations/operation.js';
import { withStateRoot, type StateRoot, type StateRootRequest } from '../surgery/roots/state-root.js';
import type { StoredState } from '../surgery/store/store.js';
import type { TerraformPort } from '../surgery/terraform/terraform-port.js';
import { BaseCommand } from './base-command.js';
import { renderAsked, type CautiousReport } from './asked-report.js';
import { askedBy, stateRootRequest, type ChangeFlags, type SubjectFlags } from './change-flags.js';
import { terraformOptions } from './terraform-flags.js';

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
    const { version, dataDir: dataFolder } = this.config;
    const report = await this.withState(flags, async (root, config) => {
      const { operation, earlier } = await operationOf(root, config);
      const hand = {
        engine: flags.engine ?? 'native',
        terraform: await this.terraformFor(flags, root, config),
      };
      const maker = { version, dataFolder, world: this.world };
      const { caution } = root.store;
      const prepared = await ask({ ...asked, ...hand, operations: [operation], earlier }, root, maker);
      return caution === undefined ? prepared : { ...prepared, caution };
    });
    this.print(renderAsked(report, this.colour, this.width));
    if (report.request !== undefined) this.endWith(ExitCode.refused);
    return report;
  }

  /** Terraform's hand, for the changes that have a use for it. */
  private async terraformFor(flags: ChangeFlags, root: StateRoot, config: Config): Promise<TerraformPort> {
    const { terraformPort } = await import('../surgery/terraform/terraform-port.js');
    return terraformPort(root, terraformOptions(flags, config, this.config.cacheDir), this.world);
  }
}
