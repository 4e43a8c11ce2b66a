import { isJsonObject, type Json } from '../../json.js';
import type { State, StateInstance } from '../../terraform/state/state.js';
import { isSensitiveAttribute, isSensitiveName, looksSecret } from './sensitive-names.js';

/** What stands where a secret was. */
export const MASK = '(sensitive)';

/** Shorter values stand in too many texts by chance. */
const MIN_LENGTH = 8;

/** The secret values of a state, to be kept out of texts that others wrote (errors, ids, names). */
export class SecretValues {
  /** By their first characters, the longest first. */
  readonly #byStart = new Map<string, string[]>();

  constructor(states: readonly (State | undefined)[]) {
    for (const value of secretsOf(states)) {
      const start = value.slice(0, MIN_LENGTH);
      const known = this.#byStart.get(start);
      if (known === undefined) this.#byStart.set(start, [value]);
      else known.push(value);
    }
    for (const values of this.#byStart.values()) values.sort((a, b) => b.length - a.length);
  }

  /** The text with every secret value in it masked; linear in the text's length. */
  mask(text: string): string {
    if (this.#byStart.size === 0) return looksSecret(text) ? MASK : text;
    let masked = '';
    let kept = 0;
    for (let i = 0; i + MIN_LENGTH <= text.length; i += 1) {
      const found = this.#at(text, i);
      if (found === undefined) continue;
      masked += text.slice(kept, i) + MASK;
      kept = i + found.length;
      i = kept - 1;
    }
    const result = masked + text.slice(kept);
    return looksSecret(result) ? MASK : result;
  }

  #at(text: string, index: number): string | undefined {
    const candidates = this.#byStart.get(text.slice(index, index + MIN_LENGTH));
    return candidates?.find((value) => text.startsWith(value, index));
  }
}

function secretsOf(states: readonly (State | undefined)[]): Set<string> {
  const found = new Set<string>();
  // States share the instances that they have alike.
  for (const instance of new Set(states.flatMap((state) => state?.instances ?? []))) {
    for (const name of Object.keys(instance.attributes)) {
      collect(instance.attributes[name], isSensitive(instance, name), found);
    }
  }
  return found;
}

/** Whether a top-level attribute is secret as a whole. */
export function isSensitive({ type, sensitive }: StateInstance, attribute: string): boolean {
  return sensitive.includes(attribute) || isSensitiveName(attribute) || isSensitiveAttribute(type, attribute);
}

function collect(value: Json | undefined, secret: boolean, found: Set<string>): void {
  if (typeof value === 'string') {
    if (secret && value.length >= MIN_LENGTH) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, secret, found);
  } else if (value !== undefined && isJsonObject(value)) {
    for (const key of Object.keys(value)) collect(value[key], secret || isSensitiveName(key), found);
  }
}
