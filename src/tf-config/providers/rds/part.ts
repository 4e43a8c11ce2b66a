import type { Arguments } from '../../model/document.js';

/** What one part of the rendering adds to the database instance. */
export interface InstancePart {
  readonly arguments: Arguments;
  /** Addresses that must exist before the instance. */
  readonly dependencies: readonly string[];
}

export const NO_PART: InstancePart = { arguments: {}, dependencies: [] };

/** The arguments of all parts, later ones winning, and everything that they depend on. */
export function joinParts(parts: readonly InstancePart[]): Arguments {
  const dependencies = parts.flatMap((part) => part.dependencies);
  return {
    ...Object.fromEntries(parts.flatMap((part) => Object.entries(part.arguments))),
    ...(dependencies.length === 0 ? {} : { depends_on: dependencies }),
  };
}
