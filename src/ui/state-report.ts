import type { ChalkInstance } from 'chalk';

import type { ListedObject, StateList } from '../inspection/state-list.js';
import type { ShownObject, StateShow } from '../inspection/state-show.js';
import type { Json } from '../json.js';
import { printable } from './printable.js';

/** One address a line, as `terraform state list` does; what is special about an object stands behind it. */
export function renderStateList({ objects }: StateList, colour: ChalkInstance): string {
  return objects.map((object) => objectLine(object, colour)).join('\n');
}

function objectLine({ address, tainted, deposed }: ListedObject, colour: ChalkInstance): string {
  const marks = [tainted === true ? 'tainted' : '', deposed === undefined ? '' : `deposed ${deposed}`];
  const said = marks.filter((mark) => mark !== '').join(', ');
  return printable(address) + (said === '' ? '' : `  ${colour.yellow(printable(`(${said})`))}`);
}

/** Objects with their attributes, a line each; lists and objects as JSON. */
export function renderStateShow({ objects }: StateShow, colour: ChalkInstance): string {
  return objects.map((object) => objectLines(object, colour).join('\n')).join('\n\n');
}

function objectLines(object: ShownObject, colour: ChalkInstance): string[] {
  const { address, provider, schemaVersion, dependencies, attributes } = object;
  const about: [string, string][] = [['provider', `${provider}, schema version ${schemaVersion}`]];
  if (dependencies.length > 0) about.push(['depends on', dependencies.join(', ')]);
  const rows = Object.entries(attributes).filter(([, value]) => value !== null);
  const widest = Math.max(...rows.map(([name]) => name.length), 'depends on'.length);
  const line = ([name, text]: [string, string]): string =>
    `  ${printable(name.padEnd(widest))}  ${printable(text)}`;
  return [
    colour.bold(objectLine({ ...object, address, type: '' }, colour)),
    ...about.map((row) => colour.dim(line(row))),
    ...rows.map(([name, value]) => line([name, textOf(value)])),
  ];
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
