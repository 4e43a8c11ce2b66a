#!/usr/bin/env node
// Builds dist/: every command and entry point bundled and split by esbuild (halves the start-up of a real command),
// then oclif's manifest, so that --help imports no command at all.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Plugin } from '@oclif/core';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files of a folder, as paths relative to the project's root. */
function sourcesOf(folder) {
  return readdirSync(new URL(`../${folder}`, import.meta.url), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

/** Modules that are started by path (entry, oclif hook, worker threads), and so need a file of their own in dist/. */
const entryPoints = ['src/main.ts', 'src/ui/command-not-found.ts', ...sourcesOf('commands')];
entryPoints.push(...sourcesOf('src').filter((name) => name.endsWith('.worker.ts')));

/**
 * A dynamic import of a CommonJS package has only a default export once it is bundled, whatever the compiler says; this
 * would be found out by users only.
 */
function refuseNamedImportsOfCommonJs(outputs, inputs) {
  const ours = inputs
    .filter((file) => /^(src|commands)\//.test(file))
    .map((file) => readFileSync(file, 'utf8'));
  for (const { entryPoint = '', exports } of outputs) {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(entryPoint) ?? [];
    if (name === undefined || exports.join() !== 'default') continue;
    const named = new RegExp(`(?<!\\{ default(?:: \\w+)? \\} = )await import\\('${name}'\\)`);
    if (!ours.some((text) => named.test(text))) continue;
    process.stderr.write(`error: ${name} is CommonJS: import its default, or import it statically\n`);
    process.exit(1);
  }
}

/**
 * oclif's modules require everything that they may ever need (globbing, spinners, templates, child processes) when they are
 * loaded: here they do it where it is used, which halves the time that loading oclif takes.
 */
const requireWhereUsed = {
  name: 'require-where-used',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/@oclif\/core\/lib\/.*\.js$/ }, ({ path }) => {
      const required = /^(?:const|var) (\w+_\d+) = ((?:__import\w+\()?require\("[^"]+"\)\)?);$/gm;
      let contents = readFileSync(path, 'utf8');
      for (const [statement, name, value] of contents.matchAll(required)) {
        contents = contents
          .replace(statement, '')
          .replaceAll(new RegExp(`\\b${name}\\b`, 'g'), () => `(${value})`);
      }
      return { contents };
    });
  },
};

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
rmSync(new URL('../oclif.manifest.json', import.meta.url), { force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints,
  outdir: 'dist',
  outbase: '.',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The ES modules of a package before its CommonJS: smaller, and their names survive a dynamic import.
  mainFields: ['module', 'main'],
  metafile: true,
  // Half the bytes to parse at every start; names stay, since error classes are known by them.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  // The TypeScript compiler comes in through oclif's support for running from sources; users never need it.
  // hcl2json reads its WebAssembly from beside itself.
  external: ['typescript', '@cdktf/hcl2json'],
  // Bundled CommonJS dependencies call require() and read __filename, which ES modules do not have.
  define: {
    __filename: '__bundledFile',
    // GraphQL's own checks of its callers cost a tenth of a short command.
    'process.env.NODE_ENV': '"production"',
    // package.json already says which Node is needed; oclif would look again at every start.
    'process.env.OCLIF_DISABLE_ENGINE_WARNING': '"true"',
  },
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __bundledFile = __fileURLToPath(import.meta.url);',
    ].join(' '),
  },
  plugins: [requireWhereUsed],
  logLevel: 'warning',
});

refuseNamedImportsOfCommonJs(Object.values(metafile.outputs), Object.keys(metafile.inputs));

const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
writeFileSync(`${root}/oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
