import { isJsonObject, type Json, type JsonObject } from '../json.js';

/** A document does not have the shape that its format gives it; the message names the place and what should be there. */
export class WrongShape extends Error {
  /** The place, from the outside in; empty for the whole document. */
  readonly place: string;
  readonly expected: string;

  constructor(place: string, expected: string) {
    super(`${place === '' ? 'it' : place} is not ${expected}`);
    this.place = place;
    this.expected = expected;
  }

  /** The same, seen from the document that holds this one as `place`. */
  under(place: string): WrongShape {
    const joint = this.place === '' || this.place.startsWith('[') ? '' : '.';
    return new WrongShape(`${place}${joint}${this.place}`, this.expected);
  }
}

/** @throws WrongShape */
export function objectOf(value: Json | undefined, place = ''): JsonObject {
  if (!isJsonObject(value)) throw new WrongShape(place, 'an object');
  return value;
}

/** @throws WrongShape */
export function textAt(object: JsonObject, key: string): string {
  const value = object[key];
  if (typeof value !== 'string') throw new WrongShape(key, 'a text');
  return value;
}

/** A text that may be absent or null. @throws WrongShape */
export function optionalTextAt(object: JsonObject, key: string): string | undefined {
  return isAbsent(object[key]) ? undefined : textAt(object, key);
}

/** @throws WrongShape */
export function numberAt(object: JsonObject, key: string): number {
  const value = object[key];
  if (typeof value !== 'number') throw new WrongShape(key, 'a number');
  return value;
}

/** A number that is 0 when absent. @throws WrongShape */
export function optionalNumberAt(object: JsonObject, key: string): number {
  return isAbsent(object[key]) ? 0 : numberAt(object, key);
}

/**
 * A list that is empty when absent or null, each item read by `read`.
 *
 * @throws WrongShape, with the number of the item in its place
 */
export function listAt<Item>(object: JsonObject, key: string, read: (item: Json) => Item): Item[] {
  const value = object[key];
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw new WrongShape(key, 'a list');
  return value.map((item, index) => {
    try {
      return read(item);
    } catch (error) {
      throw error instanceof WrongShape ? error.under(`${key}[${index}]`) : error;
    }
  });
}

/** An item of a list of texts. @throws WrongShape */
export function textItem(item: Json): string {
  if (typeof item !== 'string') throw new WrongShape('', 'a text');
  return item;
}

function isAbsent(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null;
}
