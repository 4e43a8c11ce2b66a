import { templateError } from './errors.js';
import type { Value } from './values.js';

/** The arguments of a function, filter or test, by position or by name. */
export class Arguments {
  constructor(
    readonly positional: readonly Value[],
    readonly named: ReadonlyMap<string, Value>,
  ) {}

  /** The argument at `index`, or named `name`; undefined when it is not given. */
  get(index: number, name: string): Value | undefined {
    return this.positional[index] ?? this.named.get(name);
  }

  /** @throws FailedError when it is not given */
  need(index: number, name: string): Value {
    const value = this.get(index, name);
    if (value === undefined) throw templateError(`the argument ${name} is missing`);
    return value;
  }

  /** @throws FailedError when there are more arguments than these */
  allow(...names: string[]): void {
    if (this.positional.length > names.length) {
      throw templateError(`${this.positional.length} arguments are too many`);
    }
    const other = [...this.named.keys()].find((name) => !names.includes(name));
    if (other !== undefined) throw templateError(`unexpected argument ${other}`);
  }
}
