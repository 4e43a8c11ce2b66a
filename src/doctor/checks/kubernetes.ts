import { programCheck } from '../program-check.js';

const args = ['version', '--client', '--output', 'json'];

/** `oc` names its own release after that of the client library. */
export const kubernetes = programCheck({
  title: 'oc or kubectl',
  purpose: 'stuck pods',
  programs: [
    {
      name: 'oc',
      args,
      version:
        /(?:"releaseClientVersion"|"gitVersion"(?![^]*"releaseClientVersion")): ?"v?(\d[\w.+-]{0,40})"/,
    },
    { name: 'kubectl', args, version: /"gitVersion": ?"v?(\d[\w.+-]{0,40})"/ },
  ],
  advice: 'install oc or kubectl, and log in to the cluster',
});
