import type { BundleSummary } from '../qontract-server/bundler/save-bundle.js';

/** A bundle in one line: where, which, how much. */
export function renderBundleSummary(summary: BundleSummary): string {
  const { path, sha256, datafiles, resources, size } = summary;
  const megabytes = (size / 1_000_000).toFixed(1);
  const counts = `${count(datafiles, 'datafile')}, ${count(resources, 'resource')}`;
  return `${path ?? 'stdout'}: sha256 ${sha256}, ${counts}, ${megabytes} MB`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
