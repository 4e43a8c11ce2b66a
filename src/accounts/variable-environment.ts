import { Secret } from '../secret.js';
import type { ConfigVariable } from '../tf-config/model/variables.js';

/** Stands for a value that nobody could tell: long enough for a password, and no character that AWS refuses in one. */
const PLACEHOLDER = new Secret('Unknown-Value-0000');

export interface VariableEnvironment {
  /** `TF_VAR_{name}` */
  readonly env: Readonly<Record<string, Secret>>;
  /** Names of the variables that have a placeholder, without which terraform would refuse to plan. */
  readonly placeholders: readonly string[];
}

/** The values of a config's variables, as terraform takes them. */
export function variableEnvironment(variables: readonly ConfigVariable[]): VariableEnvironment {
  return {
    env: Object.fromEntries(variables.map(({ name, value }) => [`TF_VAR_${name}`, value ?? PLACEHOLDER])),
    placeholders: variables.filter(({ value }) => value === undefined).map(({ name }) => name),
  };
}
