import { missing, ok, wrong, type Check, type CheckResult, type DoctorWorld } from '../check.js';

/**
 * Tells the command-line generations apart by the sources: `--print-to-file` replaced `--print-only` of
 * `terraform-resources` in January 2022 (reference: app-interface, §3.4). Its own `--help` would need a configuration
 * and a server first. The folder that we are in must not count as Python's.
 */
const LOOK = `
import sys; sys.path.pop(0)
from importlib.util import find_spec
folder = find_spec("reconcile").submodule_search_locations[0]
text = open(folder + "/cli.py", encoding="utf-8").read()
print(next((o for o in ("--print-to-file", "--print-only") if o in text), "none"))
`;

const GET_IT = 'install it in a Python environment of its own: pip install qontract-reconcile';

export const qontractReconcile: Check = {
  title: 'qontract-reconcile',
  purpose: 'config --renderer',
  examine: async (world) => {
    const path = await world.findProgram('qontract-reconcile');
    if (path === undefined) return missing('not on PATH', GET_IT);
    const python = interpreterOf((await world.readText(path)) ?? '');
    return python === undefined ? UNKNOWN : askPython(python, world);
  },
};

/** A wrapper, of a container perhaps. */
const UNKNOWN = ok('its generation is unknown');

async function askPython(python: string, { ask }: DoctorWorld): Promise<CheckResult> {
  const answer = await ask(python, ['-c', LOOK]);
  if (answer.kind === 'failed') return UNKNOWN;
  if (answer.kind === 'absent') return wrong(`its Python, ${python}, is not there`, GET_IT);
  if (answer.exitCode !== 0) return wrong('its Python has no such package', GET_IT);
  const [option] = /^--print-(?:to-file|only)$/m.exec(answer.stdout) ?? [];
  return option === undefined
    ? wrong('it cannot print a configuration', GET_IT)
    : ok(`prints with ${option}`);
}

/** The Python of a script that pip or uv made: in its first line, or, when the path is long, in an `exec` after it. */
function interpreterOf(script: string): string | undefined {
  const [first = '', second = ''] = script.split('\n', 2);
  const [, direct] = /^#!\s*(?:\/usr\/bin\/env\s+)?(\S*python[\d.]*)\s*$/.exec(first) ?? [];
  const [, long] = /^'''exec' "?([^"]*python[\d.]*)"? /.exec(second) ?? [];
  return direct ?? long;
}
