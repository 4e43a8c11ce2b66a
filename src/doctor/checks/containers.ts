import { programCheck } from '../program-check.js';

/** Docker is of use only while its daemon answers; podman has none. */
export const containers = programCheck({
  title: 'docker or podman',
  purpose: 'containers',
  programs: [
    {
      name: 'docker',
      args: ['version', '--format', '{{.Server.Version}}'],
      version: /^(\d[\w.+-]{0,30})$/m,
      silence: 'its daemon does not answer',
    },
    { name: 'podman', args: ['--version'], version: /^podman version (\d[\w.+-]{0,30})/m },
  ],
  advice: 'install docker or podman, and start the docker daemon',
});
