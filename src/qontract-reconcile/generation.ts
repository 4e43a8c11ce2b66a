import type { AskProgram } from '../clients/ask-program.js';

/** Which command line the installed program has (app-interface-aws §3.4). */
export type Generation = 'print-only' | 'print-to-file';

/** What there is to learn about an installed program without running it. */
export type Installation =
  | { readonly kind: 'usable'; readonly generation: Generation }
  /** `why` is the end of a sentence. */
  | { readonly kind: 'broken'; readonly why: string }
  /** Not a Python script (a wrapper, of a container perhaps), or its Python does not answer. */
  | { readonly kind: 'unknown' };

export interface InstallationLook {
  readonly ask: AskProgram;
  /** The text of a small file; undefined when it cannot be read. */
  readonly readText: (file: string) => Promise<string | undefined>;
}

/**
 * Tells the command-line generations apart by the sources: `--print-to-file` replaced `--print-only` of
 * `terraform-resources` in January 2022. Its own `--help` needs a configuration and a server first. The folder that we
 * are in must not count as Python's.
 */
const LOOK = `
import sys; sys.path.pop(0)
from importlib.util import find_spec
folder = find_spec("reconcile").submodule_search_locations[0]
text = open(folder + "/cli.py", encoding="utf-8").read()
print(next((o for o in ("--print-to-file", "--print-only") if o in text), "none"))
`;

/** Looks at an installed qontract-reconcile. @param program its path @throws the interruption */
export async function lookAtInstallation(
  program: string,
  { ask, readText }: InstallationLook,
): Promise<Installation> {
  const python = interpreterOf((await readText(program)) ?? '');
  if (python === undefined) return { kind: 'unknown' };
  const answer = await ask(python, ['-c', LOOK]);
  if (answer.kind === 'failed') return { kind: 'unknown' };
  if (answer.kind === 'absent') return broken(`its Python, ${python}, is not there`);
  if (answer.exitCode !== 0) return broken('its Python has no such package');
  const generation = generationIn(answer.stdout);
  return generation === undefined
    ? broken('it cannot print a configuration')
    : { kind: 'usable', generation };
}

/** The newest generation whose option stands in a text. */
export function generationIn(text: string): Generation | undefined {
  if (text.includes('--print-to-file')) return 'print-to-file';
  return text.includes('--print-only') ? 'print-only' : undefined;
}

function broken(why: string): Installation {
  return { kind: 'broken', why };
}

/** The Python of a script that pip or uv made: in its first line, or, when the path is long, in an `exec` after it. */
function interpreterOf(script: string): string | undefined {
  const [first = '', second = ''] = script.split('\n', 2);
  const [, direct] = /^#!\s*(?:\/usr\/bin\/env\s+)?(\S*python[\d.]*)\s*$/.exec(first) ?? [];
  const [, long] = /^'''exec' "?([^"]*python[\d.]*)"? /.exec(second) ?? [];
  return direct ?? long;
}
