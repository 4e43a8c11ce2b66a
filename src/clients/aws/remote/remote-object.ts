import type { AwsCredentials } from '../credentials.js';

/** What AWS says about one object that exists. */
export interface RemoteObject {
  /** What `terraform import` takes as its id; undefined: the type cannot be imported. */
  readonly importId: string | undefined;
  /** An id that a later object of the same name does not have; undefined when the service gives none. */
  readonly uniqueId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where and as whom AWS is asked. */
export interface RemotePlace {
  readonly region: string;
  readonly partition: string;
  /** The account's twelve digits. */
  readonly uid: string;
  readonly credentials: AwsCredentials;
  /** Ends the question, also when it takes too long. */
  readonly signal: AbortSignal;
}

/** How objects of one resource type are looked up, reading only. */
export interface RemoteLookup {
  /** The argument of the resource that holds what `find` takes. */
  readonly argument: string;
  /** @returns undefined when there is no such object @throws when AWS does not say */
  readonly find: (name: string, place: RemotePlace) => Promise<RemoteObject | undefined>;
}

/** Tags in the usual shape of AWS: a list of pairs, or an object. */
export function tagsOf(
  tags:
    | readonly {
        readonly Key?: string | undefined;
        readonly Value?: string | undefined;
      }[]
    | Readonly<Record<string, string>>
    | undefined,
): Record<string, string> {
  if (tags === undefined) return {};
  if (!isList(tags)) return { ...tags };
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value);
}
