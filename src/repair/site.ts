import type { RootDiagnosis } from '../diagnosis/diagnosis.js';
import type { Verification } from '../review/carry-out.js';
import { openSession, type Session } from '../review/session.js';
import type { ProofKind } from '../review/signer.js';
import type { BackupSettings } from '../surgery/backup/settings.js';
import { withStateRoot, type StateRootRequest } from '../surgery/roots/state-root.js';
import type { World } from '../world.js';
import type { Clipboard } from './clipboard.js';
import type { SavedSession } from './session-file.js';
import type { LocalReviewer, Pending } from './work.js';

/** Where a repair is made, and with what. */
export interface RepairSite {
  readonly state: StateRootRequest;
  readonly world: World;
  /** For requests, the journal and sessions. */
  readonly dataFolder: string;
  /** Of tfrepair. */
  readonly version: string;
  /** As the user wrote it; undefined: in the data folder. */
  readonly requestOut: string | undefined;
  readonly backups: BackupSettings;
  readonly verify: Verification;
  /** How the maker signs; undefined: as they can. */
  readonly proof: ProofKind | undefined;
  /** The maker's SSH key, in place of the configured one; absolute. */
  readonly sshKey: string | undefined;
  /** What is needed to find all this again. */
  readonly flags: SavedSession['flags'];
  readonly diagnose: () => Promise<RootDiagnosis>;
  /** Undefined: there is none that can work. */
  readonly clipboard: Clipboard | undefined;
  /** Writes a line where people can copy it from. */
  readonly show: (line: string) => void;
  /** Has a colleague look at a request, here, with an identity of their own. @returns their token */
  readonly reviewHere: (pending: Pending, reviewer: LocalReviewer) => Promise<string>;
  /** A line of warning. */
  readonly note: (text: string) => void;
}

/** Opens the state, with what is known of people, for as long as `action` takes. */
export async function atWork<T>(
  { state, dataFolder, sshKey, world }: Pick<RepairSite, 'state' | 'dataFolder' | 'sshKey' | 'world'>,
  action: (session: Session) => Promise<T>,
): Promise<T> {
  return withStateRoot(state, world, async (root) =>
    action(await openSession(root, state, { dataFolder, sshKey }, world)),
  );
}
