import type { TypeConf } from '../bundle/type-conf.js';
import { isJsonObject } from '../bundle/json.js';
import type { Catalog } from './catalog.js';
import { ownField } from './plain-field.js';
import type { TypeResolver } from './resolver.js';

/** The interface that every type of datafile implements, where the confs have it. */
export const DATAFILE_INTERFACE = 'DatafileObject_v1';

/** How the objects behind an interface find their type, by the strategy of its conf. */
export function typeResolverOf(conf: TypeConf, catalog: Catalog): TypeResolver {
  const { interfaceResolve } = conf;
  if (interfaceResolve?.strategy !== 'fieldMap') return (source) => typeBySchema(source, catalog);
  const types = new Map(Object.entries(interfaceResolve.fieldMap));
  return (source) => types.get(String(valueOf(source, interfaceResolve.field)));
}

/** The type of a datafile's `$schema`. That may itself be an interface, which then decides. */
function typeBySchema(source: unknown, catalog: Catalog): string | undefined {
  const name = catalog.typeOfSchema.get(String(valueOf(source, '$schema')));
  const conf = name === undefined ? undefined : catalog.confs.get(name);
  if (conf?.isInterface !== true || conf.interfaceResolve?.strategy === 'schema') return name;
  return typeResolverOf(conf, catalog)(source);
}

function valueOf(source: unknown, field: string): unknown {
  return isJsonObject(source) ? ownField(source, field) : undefined;
}

/** The names of the interfaces that a type implements: its own, and that of datafiles if it, or its interface, is one. */
export function interfacesOf(conf: TypeConf, catalog: Catalog): string[] {
  if (!conf.interface && !conf.datafile) return [];
  const own = conf.interface && isInterface(conf.interface, catalog) ? [conf.interface] : [];
  const isDatafile = [...own, conf.name].some((name) => catalog.datafileTypes.has(name));
  const datafile = isDatafile && isInterface(DATAFILE_INTERFACE, catalog) ? [DATAFILE_INTERFACE] : [];
  return [...new Set([...own, ...datafile])];
}

function isInterface(name: string, catalog: Catalog): boolean {
  return catalog.confs.get(name)?.isInterface === true;
}
