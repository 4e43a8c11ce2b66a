import { Float, type Scalar } from '../value.js';
import { NotJson, parseFloat11, parseInteger, resolvePlain } from './resolve-scalar.js';

export const YAML_TAG = 'tag:yaml.org,2002:';

/** Tags of YAML 1.1 whose values have no JSON form, in words. */
const NOT_JSON = new Map([
  ['timestamp', 'a date'],
  ['binary', 'binary data'],
  ['set', 'a set'],
  ['omap', 'an ordered mapping'],
  ['pairs', 'a list of pairs'],
]);

/** Why a document cannot use this tag here. */
export function unusable(tag: string): NotJson {
  const name = tag.startsWith(YAML_TAG) ? tag.slice(YAML_TAG.length) : undefined;
  const what = name === undefined ? undefined : NOT_JSON.get(name);
  return new NotJson(what ?? `of the type ${name === undefined ? tag : `!!${name}`}`);
}

/** The value of a scalar with an explicit tag, such as `!!str 2024-01-01` or `!!float "1.5"`. */
export function resolveTagged(tag: string, text: string): Scalar | NotJson {
  switch (tag) {
    case `${YAML_TAG}str`:
      return text;
    case `${YAML_TAG}null`:
      return null;
    case `${YAML_TAG}bool`: {
      const value = resolvePlain(text.toLowerCase());
      return typeof value === 'boolean' ? value : unusable(tag);
    }
    case `${YAML_TAG}int`:
      return parseInteger(text) ?? unusable(tag);
    case `${YAML_TAG}float`:
      return parseFloat11(text) ?? float(text) ?? unusable(tag);
    default:
      return unusable(tag);
  }
}

function float(text: string): Float | undefined {
  const digits = text.replaceAll('_', '');
  return /^[-+]?\d+(?:e[-+]?\d+)?$/i.test(digits) ? new Float(Number(digits)) : undefined;
}
