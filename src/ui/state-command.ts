import { ExitCode } from '../errors.js';
import { ask, type AskReport } from '../surgery/ask.js';
import type { Operation } from '../surgery/operations/operation.js';
import { withStateRoot, type StateRoot } from '../surgery/roots/state-root.js';
import type { StoredState } from '../surgery/store/store.js';
import { BaseCommand } from './base-command.js';
import { renderAsked } from './asked-report.js';
import { askedBy, stateRootRequest, type ChangeFlags, type SubjectFlags } from './change-flags.js';

/** What the commands about states have in common. */
export abstract class StateCommand extends BaseCommand {
  /** Opens the state that the flags name for as long as `action` takes. */
  protected async withState<T>(
    flags: SubjectFlags & { config?: string | undefined },
    action: (root: StateRoot) => Promise<T>,
  ): Promise<T> {
    const request = stateRootRequest(flags, await this.loadConfig(flags), {
      cacheFolder: this.config.cacheDir,
      note: (text) => {
        this.note(text);
      },
    });
    return withStateRoot(request, this.world, action);
  }

  /** Prepares a request, says what is in it, and ends with 4: a second person has to approve it. */
  protected async askFor(
    flags: ChangeFlags & { config?: string | undefined },
    operationOf: (root: StateRoot) => Promise<{ operation: Operation; earlier?: StoredState }>,
  ): Promise<AskReport> {
    const asked = askedBy(flags);
    const { version, dataDir: dataFolder } = this.config;
    const report = await this.withState(flags, async (root) => {
      const { operation, earlier } = await operationOf(root);
      return ask({ ...asked, operations: [operation], earlier }, root, {
        version,
        dataFolder,
        world: this.world,
      });
    });
    this.print(renderAsked(report, this.colour));
    if (report.request !== undefined) this.endWith(ExitCode.refused);
    return report;
  }
}
