import { missing, ok, wrong, type Check, type CheckResult } from './check.js';

interface ProgramCheck {
  readonly title: string;
  readonly purpose: string;
  /** The programs that will do, best first. */
  readonly programs: readonly ProgramQuestion[];
  readonly advice: string;
}

/** How one program is asked for its version. */
export interface ProgramQuestion {
  readonly name: string;
  readonly args: readonly string[];
  /** Finds the version in what it printed: the first group. */
  readonly version: RegExp;
  /** What it means when it does not say its version. */
  readonly silence?: string;
}

/** The check of a program of which any version will do, or of one of several such programs. */
export function programCheck({ title, purpose, programs, advice }: ProgramCheck): Check {
  return {
    title,
    purpose,
    examine: async ({ ask }) => {
      let broken: CheckResult | undefined;
      for (const { name, args, version, silence = 'it does not say its version' } of programs) {
        const answer = await ask(name, args);
        if (answer.kind === 'absent') continue;
        const [, number] = answer.kind === 'ended' ? (version.exec(answer.stdout) ?? []) : [];
        if (number !== undefined) return ok(`${name} ${number}`);
        const why = answer.kind === 'failed' ? answer.why : silence;
        broken ??= wrong(`${name}: ${why}`, advice);
      }
      return broken ?? missing('not on PATH', advice);
    },
  };
}
