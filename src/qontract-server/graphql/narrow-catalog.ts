import type { TypeConf } from '../bundle/type-conf.js';
import { typeNameOf, type Catalog } from './catalog.js';
import { DATAFILE_INTERFACE } from './interface-types.js';

/**
 * The part of a catalog that a query can reach: the fields of which its text has the name, and their types. An interface
 * comes with all that implement it.
 */
export function narrowCatalog(catalog: Catalog, query: string): Catalog {
  const names = new Set(query.match(/\w+/g));
  const confs = new Map<string, TypeConf>();
  const add = (conf: TypeConf | undefined): void => {
    if (conf === undefined || confs.has(conf.name)) return;
    const narrow = { ...conf, fields: conf.fields.filter(({ name }) => names.has(name)) };
    confs.set(conf.name, narrow);
    for (const field of narrow.fields) add(catalog.confs.get(typeNameOf(field)));
    add(catalog.confs.get(conf.interface ?? ''));
    if (conf.isInterface) for (const implementation of implementationsOf(conf, catalog)) add(implementation);
  };
  add(catalog.confs.get('Query'));
  return { ...catalog, confs };
}

/** At least the types that implement an interface. */
function implementationsOf({ name }: TypeConf, { confs }: Catalog): TypeConf[] {
  const candidates = [...confs.values()];
  return name === DATAFILE_INTERFACE ? candidates : candidates.filter((conf) => conf.interface === name);
}
