import { UsageError } from '../errors.js';
import { nearest } from '../nearest.js';
import type { CheckId } from './checks/index.js';

/** What one command needs from this machine. */
export interface Needs {
  /** It cannot do its main job without these. */
  readonly needs: readonly CheckId[];
  /** It does more, or takes another way, with these. */
  readonly uses: readonly CheckId[];
}

const SOURCES: readonly CheckId[] = ['configuration', 'qontract-server'];
const RENDERING: readonly CheckId[] = ['vault', 'jenkins', 'qontract-reconcile'];
const PLANNING: readonly CheckId[] = ['aws-credentials', 'terraform', 'aws-provider'];
const STATE: Needs = { needs: ['aws-credentials'], uses: [...SOURCES, 'vault', 'terraform', 'ssh-keygen'] };

/** Which command needs what. Also the commands that are still to come, so that a machine can be made ready. */
const NEEDS: Readonly<Record<string, Needs>> = {
  server: { needs: [], uses: ['configuration', 'git'] },
  bundle: { needs: [], uses: ['configuration', 'git'] },
  config: { needs: ['qontract-server'], uses: ['configuration', 'aws-credentials', ...RENDERING] },
  owner: { needs: ['qontract-server'], uses: ['configuration'] },
  plan: { needs: PLANNING, uses: [...SOURCES, ...RENDERING] },
  resources: { needs: PLANNING, uses: [...SOURCES, ...RENDERING] },
  diagnose: { needs: PLANNING, uses: [...SOURCES, ...RENDERING] },
  'report merge': { needs: [], uses: [] },
  repair: { needs: PLANNING, uses: [...SOURCES, ...RENDERING, 'ssh-keygen'] },
  'state list': STATE,
  'state show': STATE,
  'state rm': STATE,
  'state mv': STATE,
  'state import': { needs: PLANNING, uses: [...SOURCES, 'vault', 'ssh-keygen'] },
  'state replace-provider': STATE,
  'state restore': STATE,
  'state execute': STATE,
  'state resume': STATE,
  'state history': STATE,
  'state unlock': STATE,
  'state break-glass': STATE,
  review: STATE,
  ami: {
    needs: ['qontract-server', 'aws-credentials'],
    uses: ['configuration', 'vault', 'jenkins', 'prometheus'],
  },
  deletion: { needs: ['qontract-server'], uses: ['configuration', ...PLANNING, 'vault', 'gitlab'] },
  stuck: { needs: ['prometheus'], uses: [...SOURCES, 'kubernetes'] },
  explain: { needs: [], uses: [...SOURCES, 'gitlab'] },
  'mr-check': {
    needs: ['qontract-server', 'qontract-reconcile', 'gitlab'],
    uses: ['configuration', 'git', 'containers'],
  },
  demo: { needs: ['terraform', 'moto-server'], uses: ['aws-provider'] },
};

/** The commands that the table knows. */
export const KNOWN_COMMANDS: readonly string[] = Object.keys(NEEDS);

/**
 * What `command` needs; for a topic such as `state`, what any of its commands needs.
 *
 * @throws UsageError `UnknownCommand`, naming the commands most like it
 */
export function needsOf(command: string): Needs {
  const wanted = command.trim().replaceAll(/[\s:]+/g, ' ');
  const names = KNOWN_COMMANDS.filter((name) => name === wanted || name.startsWith(`${wanted} `));
  if (names.length === 0) throw unknownCommand(wanted);
  const rows = names.map((name) => NEEDS[name] ?? { needs: [], uses: [] });
  const needs = new Set(rows.flatMap((row) => row.needs));
  const uses = new Set(rows.flatMap((row) => row.uses).filter((id) => !needs.has(id)));
  return { needs: [...needs], uses: [...uses] };
}

function unknownCommand(wanted: string): UsageError {
  const topics = KNOWN_COMMANDS.filter((name) => name.includes(' ')).map((name) => name.replace(/ .*/, ''));
  const likely = nearest(wanted, [...topics, ...KNOWN_COMMANDS]);
  const hint =
    likely.length === 0 ? `one of: ${KNOWN_COMMANDS.join(', ')}` : `did you mean ${likely.join(', ')}?`;
  return new UsageError('UnknownCommand', `no command ${JSON.stringify(wanted)} is known`, { hint });
}
