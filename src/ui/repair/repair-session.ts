import { backupSettings } from '../../surgery/backup/settings.js';
import { findClipboard } from '../../repair/clipboard.js';
import { openWork } from '../../repair/open-work.js';
import { readPending } from '../../repair/prepare-request.js';
import type { RepairReport } from '../../repair/report.js';
import { runSession, type Lines } from '../../repair/session.js';
import { findSession } from '../../repair/find-session.js';
import type { SavedSession } from '../../repair/session-file.js';
import type { RepairSite } from '../../repair/site.js';
import type { Stage } from '../../repair/stage.js';
import { FailedError } from '../../errors.js';
import type { Config } from '../../config/config.js';
import type { RootDiagnosis } from '../../diagnosis/diagnosis.js';
import { shellLine } from '../../shell-words.js';
import type { World } from '../../world.js';
import { stateRootRequest } from '../change-flags.js';
import { diagnosisOf } from '../diagnosis-of.js';
import { completeFlags, requireAnswers, type GivenFlags, type RepairFlags } from './complete-flags.js';
import { openConversation, type ConversationPlace } from './conversation.js';
import { reviewHere } from './review-here.js';

export interface RepairPlaces extends ConversationPlace {
  readonly cacheFolder: string;
  readonly dataFolder: string;
  /** Of tfrepair. */
  readonly version: string;
  readonly world: World;
  readonly loadConfig: (flags: { config?: string | undefined }) => Promise<Config>;
}

/** Leads through a repair as the flags say, and asks for what they leave open. @throws what `runSession` throws */
export async function repairSession(given: GivenFlags, places: RepairPlaces): Promise<RepairReport> {
  const { world, dataFolder } = places;
  const { resume } = given;
  const saved = resume === undefined ? undefined : await findSession(dataFolder, resume, world.now);
  const flags = completeFlags(given, saved, world.cwd);
  if (!places.isInteractive && saved === undefined) requireAnswers(flags);
  const conversation = openConversation(flags, places);
  const site = await siteOf(flags, places, conversation);
  const parties = { ...conversation, work: openWork(site) };
  return runSession(await beginning(saved), parties, { signal: world.signal, lines: linesOf(flags) });
}

async function siteOf(
  flags: RepairFlags,
  places: RepairPlaces,
  conversation: ReturnType<typeof openConversation>,
): Promise<RepairSite> {
  const { world, dataFolder, version, cacheFolder, isInteractive } = places;
  const config = await places.loadConfig(flags);
  const { note, write } = conversation;
  const state = stateRootRequest(flags, config, { cacheFolder, note });
  const base = {
    ...{ state, world, dataFolder, version, note, verify: flags.verify, flags: flags.kept },
    ...{ proof: flags.proof, sshKey: flags['ssh-key'] },
    ...{
      requestOut: flags['request-out'],
      backups: backupSettings(config, flags, { dataFolder, cwd: world.cwd }),
    },
    clipboard: isInteractive ? await findClipboard(world, conversation.escape) : undefined,
    show: (line: string) => {
      write([line]);
    },
  };
  return {
    ...base,
    diagnose: () => diagnosed(flags, config, places, conversation),
    reviewHere: (pending, reviewer) => reviewHere(pending, reviewer, base, conversation),
  };
}

async function diagnosed(
  flags: RepairFlags,
  config: Config,
  { cacheFolder, world }: RepairPlaces,
  { progress, style }: ReturnType<typeof openConversation>,
): Promise<RootDiagnosis> {
  const wanted = { ...flags, account: flags.account === undefined ? undefined : [flags.account] };
  const rest = { all: false, lock: false, 'keep-workdir': false };
  const places = { cacheFolder, colour: style.colour, stderr: progress, stdin: process.stdin, world };
  const { accounts } = await diagnosisOf({ ...wanted, ...rest }, config, places);
  const [root] = accounts;
  if (root !== undefined) return root;
  throw new FailedError('DiagnosisMissing', 'there is no diagnosis', { hint: 'run tfrepair diagnose' });
}

async function beginning(saved: SavedSession | undefined): Promise<Stage> {
  if (saved === undefined) return { at: 'diagnose' };
  const pending = await readPending(saved.handover, saved.flags);
  if (pending.digest === saved.digest) return { at: 'resume', pending, case: undefined, later: undefined };
  throw new FailedError(
    'RequestChanged',
    `${saved.handover} holds another request than the one to go on with`,
    {
      hint: 'begin again; nobody can have approved what is in it now as what it was',
    },
  );
}

/** What to paste to begin anew or to go on. */
function linesOf({ account, dir }: RepairFlags): Lines {
  const subject = [
    ...(account === undefined ? [] : ['--account', account]),
    ...(dir === undefined ? [] : ['--dir', dir]),
  ];
  return {
    start: shellLine(['tfrepair', 'repair', ...subject]),
    resume: (id) => shellLine(['tfrepair', 'repair', '--resume', id]),
  };
}
