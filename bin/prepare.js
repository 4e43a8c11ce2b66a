#!/usr/bin/env node
// Makes a clone ready to run: installs and builds, each only when its inputs have changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesBelow(folder) {
  return readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
}

function digest(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Runs `command` unless `stamp` says that it has already run on these very inputs. */
function once(title, stamp, inputs, command) {
  const wanted = digest(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(`tfrepair: ${title}\n`);
  const { status } = spawnSync(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write(`error: ${command.join(' ')} failed\n`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

const lock = `${root}/package-lock.json`;
const install = ['npm', 'ci', '--no-progress', '--loglevel=error'];
once('installing dependencies', `${root}/node_modules/.installed`, [lock, `${root}/.npmrc`], install);

const sources = [
  lock,
  `${root}/package.json`,
  `${root}/bin/build.js`,
  ...filesBelow('src'),
  ...filesBelow('commands'),
];
once('building', `${root}/dist/.built`, sources, ['node', 'bin/build.js']);
