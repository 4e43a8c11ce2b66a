/** A JSON value, as parsed. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object, as parsed. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a value is a JSON object (not an array, not null). */
export function isJsonObject(value: Json | readonly Json[] | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
