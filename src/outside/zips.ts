import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { githubRelease } from '../clients/code-host.js';
import { FailedError } from '../errors.js';
import type { Need } from '../tf-config/model/need.js';
import type { CodeHostAccess } from './commits.js';
import { pathComponent } from './path-component.js';

type ZipNeed = Extract<Need, { kind: 'zip' }>;

const TIMEOUT_MS = 120_000;

/**
 * A lambda's zip on this machine: the first asset of a GitHub release, kept by release so that it is loaded once.
 *
 * @param folder where zips are kept
 * @returns its path
 */
export async function localZip(need: ZipNeed, codeHost: CodeHostAccess, folder: string): Promise<string> {
  const host = await codeHost('github');
  const { tag, asset } = await githubRelease(host, releasePath(need.release));
  const target = join(
    folder,
    pathComponent(need.release),
    pathComponent(tag),
    pathComponent(basename(new URL(asset).pathname)),
  );
  if (await exists(target)) return target;
  await mkdir(join(target, '..'), { recursive: true, mode: 0o700 });
  const partial = `${target}.${process.pid}.part`;
  try {
    await download(asset, partial, host.fetch);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
  return target;
}

/** Releases are named by their API path, or by their web address (`https://github.com/o/r/releases/tag/v1`). */
function releasePath(release: string): string {
  if (!release.startsWith('https://')) return release;
  const [owner = '', repository = '', ...rest] = new URL(release).pathname.split('/').filter(Boolean);
  const tag = rest.at(-1) ?? 'latest';
  const place = tag === 'latest' ? 'latest' : `tags/${encodeURIComponent(tag)}`;
  return `repos/${owner}/${repository}/releases/${place}`;
}

async function download(url: string, file: string, fetch: typeof globalThis.fetch): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok || response.body === null) {
    throw new FailedError('AnswerUnusable', `github gave the release's zip with status ${response.status}`);
  }
  const body = Readable.fromWeb(response.body);
  await pipeline(body, createWriteStream(file, { mode: 0o600 }));
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
