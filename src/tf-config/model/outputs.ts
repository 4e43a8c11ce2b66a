import * as v from 'valibot';

import { FailedError } from '../../errors.js';
import { outputPrefix, type Spec } from './spec.js';

/** What `terraform output -json` prints, and what a state document has under `outputs`. */
const TerraformOutputs = v.record(v.string(), v.object({ value: v.unknown() }));

/** The outputs of the existing state, by output prefix and Secret key (app-interface-aws §3.2). */
export class ExistingOutputs {
  /** Whether a state (or a file of outputs) was at hand at all. */
  readonly present: boolean;
  readonly #byPrefix: ReadonlyMap<string, ReadonlyMap<string, string>>;

  private constructor(present: boolean, byPrefix: ReadonlyMap<string, ReadonlyMap<string, string>>) {
    this.present = present;
    this.#byPrefix = byPrefix;
  }

  /** For rendering as for a new account. */
  static none(): ExistingOutputs {
    return new ExistingOutputs(false, new Map());
  }

  /**
   * Reads the JSON of `terraform output -json`, parsed. Names without `__` say nothing; `db_host` becomes `db.host`.
   *
   * @param source what the JSON came from, for the error
   * @throws FailedError `OutputsInvalid`
   */
  static parse(json: unknown, source: string): ExistingOutputs {
    const parsed = v.safeParse(TerraformOutputs, json);
    if (!parsed.success) {
      throw new FailedError('OutputsInvalid', `${source} is not the output of terraform output -json`, {
        hint: 'make it with: terraform output -json > FILE',
      });
    }
    const byPrefix = new Map<string, Map<string, string>>();
    for (const [name, { value }] of Object.entries(parsed.output)) {
      const [prefix, key] = name.split('__');
      if (prefix === undefined || key === undefined || !isScalar(value)) continue;
      const outputs = byPrefix.get(prefix) ?? new Map<string, string>();
      byPrefix.set(
        prefix,
        outputs.set(key.startsWith('db') ? key.replaceAll('db_', 'db.') : key, String(value)),
      );
    }
    return new ExistingOutputs(true, byPrefix);
  }

  /** One output of a spec, under its Secret key. */
  get(spec: Pick<Spec, 'provider' | 'identifier'>, key: string): string | undefined {
    return this.#byPrefix.get(outputPrefix(spec))?.get(key);
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
