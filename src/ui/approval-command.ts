import type { Approval } from '../approval/token.js';
import { UsageError } from '../errors.js';
import { carryOut, type CarriedOut } from '../review/carry-out.js';
import { findHandover } from '../review/find-handover.js';
import { openSession, type Session } from '../review/session.js';
import { siteOf } from '../review/site.js';
import type { ApprovalPolicy } from '../surgery/approval.js';
import { chooseBackup } from '../surgery/backup/choose-backup.js';
import { backupSettings } from '../surgery/backup/settings.js';
import type { Handover } from '../surgery/request/handover.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { StoredState } from '../surgery/store/store.js';
import type { EarlierFlags, ExecutionFlags, SigningFlags } from './approval-flags.js';
import { renderCarriedOut } from './carried-out-report.js';
import type { SubjectFlags } from './change-flags.js';
import { StateCommand } from './state-command.js';
import { stepText } from './step-text.js';

/** What an answer that is given beforehand says: what somebody would type at a terminal. */
export interface Confirmation {
  /** Of the account, or of the folder. */
  readonly root: string;
  readonly count: number;
}

/** What the commands about requests that exist have in common. */
export abstract class ApprovalCommand extends StateCommand {
  /** Opens the state that the flags name, with what counts there as an approval. */
  protected async withSession<T>(
    flags: SubjectFlags & SigningFlags & { config?: string | undefined },
    action: (session: Session) => Promise<T>,
  ): Promise<T> {
    const sshKey = this.pathOf(flags['ssh-key']);
    return this.withState(flags, async (root, _, request) => {
      const options = { dataFolder: this.config.dataDir, sshKey };
      return action(await openSession(root, request, options, this.world));
    });
  }

  /** The handover that an argument names. */
  protected async handover(named: string, { root }: Session): Promise<Handover> {
    return findHandover(named, { cwd: this.world.cwd, stdin: process.stdin, notes: root.store.notes });
  }

  /** The content that a `restore` makes current; undefined: the request is about something else. */
  protected async earlier(
    { operations: [first] }: SurgeryRequest,
    flags: EarlierFlags,
    { root, request }: Session,
  ): Promise<StoredState | undefined> {
    if (first?.op !== 'restore') return undefined;
    const { cwd } = this.world;
    const { folder } = backupSettings(request.config, flags, { dataFolder: this.config.dataDir, cwd });
    const places = { folder, cwd, identity: flags.identity };
    const named = flags.backup ?? String(first.serial);
    return (await chooseBackup(named, places, root.name, root.store)).state;
  }

  /** Writes the state, with a line for each step, and says what has come of it. */
  protected async execute(
    { request }: Pick<Handover, 'request'>,
    policy: ApprovalPolicy,
    flags: ExecutionFlags,
    session: Session,
  ): Promise<CarriedOut> {
    const earlier = await this.earlier(request, flags, session);
    const { dataDir: dataFolder } = this.config;
    const settings = backupSettings(session.request.config, flags, { dataFolder, cwd: this.world.cwd });
    const site = siteOf(session, settings, {
      onStep: (step) => {
        this.note(`  ${stepText(step)}`);
      },
      onPlan: () => {
        this.note('  planning what it was about');
      },
      note: (text) => {
        this.note(text);
      },
    });
    const done = await carryOut({ request, policy, earlier, verify: flags.verify }, session.root, site);
    this.print(renderCarriedOut(done, this.colour));
    return done;
  }

  /**
   * Has somebody type the name of the root and the number of instances, or takes what they have said beforehand.
   *
   * @throws UsageError `ConfirmationWrong`, `TerminalMissing`; @returns whether they have
   */
  protected async confirmed(
    expected: Confirmation,
    given: string | undefined,
    what: string,
  ): Promise<boolean> {
    const { root, count } = expected;
    if (given !== undefined) {
      if (given === `${root}:${count}`) return true;
      throw new UsageError('ConfirmationWrong', `--confirm ${given} is not what this request is about`, {
        hint: 'look at what is shown above, and say the name of the root and the number of its instances',
      });
    }
    const prompts = this.prompts(
      'give --confirm NAME:COUNT, the name of the root and the number of instances',
    );
    return (
      (await prompts.confirmTyped({ message: `${what}: type the name of the root`, expected: root })) &&
      (await prompts.confirmTyped({
        message: 'type the number of instances that are about to change',
        expected: String(count),
      }))
    );
  }

  /** Who has said what about a request, as `--approval` names it, else as it lies beside the state. */
  protected async approvals(
    named: readonly string[] | undefined,
    digest: string,
    { root }: Session,
  ): Promise<Approval[]> {
    const { findApproval } = await import('../review/find-handover.js');
    if (named !== undefined) return Promise.all(named.map((one) => findApproval(one, this.world.cwd)));
    const { notes } = root.store;
    if (notes === undefined) return [];
    const { sharedApprovals } = await import('../surgery/notes/notes.js');
    return sharedApprovals(notes, digest);
  }
}
