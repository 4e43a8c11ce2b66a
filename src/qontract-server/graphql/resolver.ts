/** The arguments of a field, coerced to their types. */
export type Arguments = Readonly<Record<string, unknown>>;

/** How a field gets its value from the object it belongs to. */
export interface FieldResolver {
  /**
   * Whether reading the field counts as a visit to the object: its `$schema` then appears in the answer's
   * `extensions.schemas`. Fields that are looked up elsewhere in the bundle (by schema, by back reference) do not count.
   */
  readonly visits: boolean;
  /** @throws Error, which becomes a GraphQL error at that field */
  readonly resolve: (source: unknown, args: Arguments) => unknown;
}

/** The type of an object that is behind an interface: its name, or undefined where the data does not say. */
export type TypeResolver = (source: unknown) => string | undefined;
