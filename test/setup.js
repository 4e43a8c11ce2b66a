// oclif writes with console.log; jest's own console would swallow or decorate it.
import nodeConsole from 'node:console';

globalThis.console = nodeConsole;

// As bin/run.js does: the AWS SDK's version is pinned on purpose.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// tsx would keep compiled sources in the temporary folder.
process.env.TSX_DISABLE_CACHE ??= '1';
