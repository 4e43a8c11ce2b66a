#!/usr/bin/env node
// What users start. Everything real is in dist/, built by `npm run build` from src/ and commands/.
import { existsSync } from 'node:fs';

// The AWS SDK warns on stderr about this Node version at every import; the version is pinned on purpose.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const entry = new URL('../dist/src/main.js', import.meta.url);
if (existsSync(entry)) {
  const { main, reportCrash } = await import(entry);
  const argv = process.argv.slice(2);
  process.on('uncaughtException', (error) => {
    if (reportCrash(error, argv)) process.exit();
  });
  // console.log, by which help is printed, keeps a failed write to itself where nobody listens.
  process.stdout.on('error', (error) => {
    throw error;
  });
  await main(argv, new URL('..', import.meta.url));
} else {
  process.stderr.write('error: tfrepair is not built\nNext: npm run build\n');
  process.exitCode = 1;
}
