import { isJsonObject, type Json } from '../../json.js';

/** Whether two JSON values are equal to the letter: what most attributes of most instances are, so it comes first. */
export function isEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, i) => isEqual(item, right[i]));
  }
  return isJsonObject(right) && areEqualObjects(left, right);
}

function areEqualObjects(
  left: Readonly<Record<string, Json>>,
  right: Readonly<Record<string, Json>>,
): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
  );
}
