#!/usr/bin/env node
// Runs the commands straight from their TypeScript sources: no build, slower start.
import { register } from 'tsx/esm/api';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
register();

const { main } = await import('../src/main.ts');
await main(process.argv.slice(2), new URL('..', import.meta.url), { fromSource: true });
