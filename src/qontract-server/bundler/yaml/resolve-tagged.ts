import type { Scalar } from '../value.js';
import { NotJson, parseFloat11, parseInteger, resolvePlain } from './resolve-scalar.js';

/** Explicit tags of YAML 1.1 that have no JSON form, in words. */
const NOT_JSON = new Map([
  ['tag:yaml.org,2002:timestamp', 'a date'],
  ['tag:yaml.org,2002:binary', 'binary data'],
  ['tag:yaml.org,2002:set', 'a set'],
  ['tag:yaml.org,2002:omap', 'an ordered mapping'],
  ['tag:yaml.org,2002:pairs', 'a list of pairs'],
]);

/** What a tag stands for when it is none that a document may use; undefined for a tag of a mapping or a list. */
export function unusableTag(tag: string): string | undefined {
  if (tag === 'tag:yaml.org,2002:map' || tag === 'tag:yaml.org,2002:seq') return undefined;
  return NOT_JSON.get(tag) ?? `the unknown type ${tag.replace('tag:yaml.org,2002:', '!!')}`;
}

/** The value of a scalar with an explicit tag, such as `!!str 2024-01-01` or `!!float "1.5"`. */
export function resolveTagged(tag: string, text: string): Scalar | NotJson {
  const wrong = new NotJson(`the tag ${tag.replace('tag:yaml.org,2002:', '!!')} on text that is none`);
  switch (tag) {
    case '!':
    case 'tag:yaml.org,2002:str':
      return text;
    case 'tag:yaml.org,2002:null':
      return null;
    case 'tag:yaml.org,2002:bool': {
      const value = resolvePlain(text.toLowerCase());
      return typeof value === 'boolean' ? value : wrong;
    }
    case 'tag:yaml.org,2002:int':
      return parseInteger(text) ?? wrong;
    case 'tag:yaml.org,2002:float':
      return parseFloat11(text) ?? wrong;
    default:
      return new NotJson(unusableTag(tag) ?? 'a scalar with the tag of a collection');
  }
}
