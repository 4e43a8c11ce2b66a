import { Attributes, Callable, Undefined, type Value } from './values.js';

/** What a loop's body knows as `loop`. */
export function loopState(items: readonly Value[], index: number): Attributes {
  const { length } = items;
  return new Attributes(
    'loop',
    new Map<string, Value>([
      ['index', index + 1],
      ['index0', index],
      ['revindex', length - index],
      ['revindex0', length - index - 1],
      ['first', index === 0],
      ['last', index === length - 1],
      ['length', length],
      ['depth', 1],
      ['depth0', 0],
      ['previtem', neighbour(items, index - 1)],
      ['nextitem', neighbour(items, index + 1)],
      ['cycle', new Callable((values) => values[index % values.length] ?? null)],
    ]),
  );
}

function neighbour(items: readonly Value[], index: number): Value {
  const item = items[index];
  return item === undefined ? new Undefined('there is no such item') : item;
}
