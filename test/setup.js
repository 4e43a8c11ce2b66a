// oclif writes with console.log; jest's own console would swallow or decorate it.
import nodeConsole from 'node:console';

globalThis.console = nodeConsole;
