import type { Secret } from '../../secret.js';

/** A Terraform variable of the rendered config. */
export interface ConfigVariable {
  readonly name: string;
  readonly sensitive: boolean;
  /** Its value, to travel as `TF_VAR_{name}`; undefined when nobody could tell it. */
  readonly value: Secret | undefined;
  /** What it stands for. */
  readonly description: string;
}

/** The variables that a config's renderers asked for. */
export class Variables {
  readonly #byName = new Map<string, ConfigVariable>();

  /** Declares a variable and gives its reference. The same secret in several places is one variable. */
  declare(wanted: string, variable: Omit<ConfigVariable, 'name'>): string {
    const name = variableName(wanted);
    const known = this.#byName.get(name);
    if (known?.value?.reveal() === variable.value?.reveal() && known !== undefined) return reference(name);
    const free = known === undefined ? name : this.#nextFree(name);
    this.#byName.set(free, { ...variable, name: free });
    return reference(free);
  }

  /** Whether a text is the reference of a sensitive variable. */
  isSensitive(text: string): boolean {
    const name = /^\$\{var\.(.+)\}$/.exec(text)?.[1];
    return name !== undefined && this.#byName.get(name)?.sensitive === true;
  }

  /** In order of declaration. */
  all(): ConfigVariable[] {
    return [...this.#byName.values()];
  }

  #nextFree(name: string): string {
    let number = 2;
    while (this.#byName.has(`${name}_${number}`)) number += 1;
    return `${name}_${number}`;
  }
}

/** A name that both Terraform and a shell (`export TF_VAR_…`) accept: letters, digits and `_`, no digit first. */
function variableName(wanted: string): string {
  const name = wanted.replaceAll(/\W/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

function reference(name: string): string {
  return `\${var.${name}}`;
}
