import { missing, ok, wrong, type Check, type DoctorWorld } from '../check.js';

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
    const option = await printOption(path, world);
    if (option === 'none') return wrong('it cannot print a configuration', GET_IT);
    return ok(option === undefined ? 'its generation is unknown' : `prints with ${option}`);
  },
};

/** The option by which it prints a rendered configuration; undefined when its sources cannot be found. */
async function printOption(path: string, world: DoctorWorld): Promise<string | undefined> {
  const python = interpreterOf((await world.readText(path)) ?? '');
  if (python === undefined) return undefined;
  const answer = await world.ask(python, ['-c', LOOK]);
  const [option] =
    answer.kind === 'ended' ? (/^(?:--print-to-file|--print-only|none)$/m.exec(answer.stdout) ?? []) : [];
  return option;
}

/** The Python of a script that pip or uv made: in its first line, or, when the path is long, in an `exec` after it. */
function interpreterOf(script: string): string | undefined {
  const [first = '', second = ''] = script.split('\n', 2);
  const [, direct] = /^#!\s*(?:\/usr\/bin\/env\s+)?(\S*python[\d.]*)\s*$/.exec(first) ?? [];
  const [, long] = /^'''exec' "?([^"]*python[\d.]*)"? /.exec(second) ?? [];
  return direct ?? long;
}
