import { Secret } from '../secret.js';

/** Shorter values stand in every text by chance. */
const SHORTEST = 6;

const MASK = '[secret]';

/**
 * Takes the secrets of an environment out of what is shown or kept, also where they stand in JSON.
 *
 * @returns the mask, which is made once for many texts
 */
export function secretMask(env: Readonly<Record<string, Secret | string>>): (text: string) => string {
  const values = Object.values(env).flatMap((value) => (value instanceof Secret ? [value.reveal()] : []));
  const needles = [...new Set(values.flatMap(spellings))]
    .filter(({ length }) => length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return (text) => needles.reduce((masked, needle) => masked.replaceAll(needle, MASK), text);
}

/** As it is, in JSON, and in JSON as Go writes it. */
function spellings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const go = json.replaceAll(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [value, json, go];
}
