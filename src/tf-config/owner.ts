import { FailedError, messageOf } from '../errors.js';
import type { Spec } from './model/spec.js';
import { renderSpecs, type SpecsInput } from './render-specs.js';

/** How sure it is that a spec owns an address. */
export type OwnerMatch =
  /** Rendering the spec gives this very address. */
  | 'exact'
  /** The spec renders such types, and the address starts with its identifier: a part that is gone or named at run time. */
  | 'by name';

export interface OwnerCandidate {
  readonly spec: Spec;
  readonly match: OwnerMatch;
}

/** Who owns what in an account: the forward rendering, inverted (app-interface-aws §4.4). */
export class OwnerIndex {
  readonly #byAddress = new Map<string, Spec[]>();
  readonly #byType = new Map<string, Spec[]>();
  /** Specs that could not be rendered, and why; their addresses are not in the index. */
  readonly failures: readonly { readonly spec: Spec; readonly why: string }[];

  /** Renders each spec by itself, with nothing from outside. */
  constructor(input: Omit<SpecsInput, 'answers'>) {
    const failures: { spec: Spec; why: string }[] = [];
    for (const spec of input.specs) {
      try {
        this.#add(spec, { ...input, specs: [spec], answers: new Map() });
      } catch (error) {
        if (!(error instanceof FailedError)) throw error;
        failures.push({ spec, why: messageOf(error) });
      }
    }
    this.failures = failures;
  }

  /** The specs that may own an address, the surest first; empty when none does. */
  candidates(address: string): OwnerCandidate[] {
    const normal = presentAddress(withoutInstanceKey(address));
    const exact = this.#byAddress.get(normal);
    if (exact !== undefined) return exact.map((spec) => ({ spec, match: 'exact' }));
    return this.#byName(normal).map((spec) => ({ spec, match: 'by name' }));
  }

  /** Every address that the account's specs render. */
  addresses(): string[] {
    return [...this.#byAddress.keys()];
  }

  #add(spec: Spec, input: SpecsInput): void {
    for (const { blocks } of renderSpecs(input).rendered) {
      for (const address of blocks.addresses()) {
        append(this.#byAddress, address, spec);
        append(this.#byType, typeOf(address), spec);
      }
    }
  }

  /** The specs with the longest identifier that the address's name starts with. */
  #byName(address: string): Spec[] {
    const type = typeOf(address);
    const name = address.slice(type.length + 1);
    const fitting = [...new Set(this.#byType.get(type) ?? [])].filter(({ identifier }) =>
      startsWithIdentifier(name, identifier),
    );
    const longest = Math.max(...fitting.map(({ identifier }) => identifier.length));
    return fitting.filter(({ identifier }) => identifier.length === longest);
  }
}

function startsWithIdentifier(name: string, identifier: string): boolean {
  return name.startsWith(`${identifier}-`) || name.startsWith(`${identifier}_`);
}

/** `aws_iam_user` of `aws_iam_user.x`, `data.aws_sqs_queue` of `data.aws_sqs_queue.x`. */
function typeOf(address: string): string {
  const from = address.startsWith('data.') ? 'data.'.length : 0;
  return address.slice(0, address.indexOf('.', from));
}

/** The reconcile loop makes no `count` nor `for_each`; a state may all the same have such instances. */
function withoutInstanceKey(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, '');
}

/** Policies were inline before 2023; such an address is still in old states (app-interface-aws §14, 7). */
function presentAddress(address: string): string {
  return address.replace(/^aws_iam_user_policy\./, 'aws_iam_policy.');
}

function append(index: Map<string, Spec[]>, key: string, spec: Spec): void {
  const specs = index.get(key);
  if (specs === undefined) index.set(key, [spec]);
  else if (!specs.includes(spec)) specs.push(spec);
}
