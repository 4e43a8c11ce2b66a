import { missing, ok, wrong, type Check } from '../check.js';

const GET_IT = 'install OpenSSH 8.1 or later';

/**
 * `ssh-keygen` has no option that prints its version. Asked to sign nothing, one that can sign says what is lacking;
 * one that is too old knows no option `-Y`. The version, for people, is that of the `ssh` beside it.
 */
export const sshKeygen: Check = {
  title: 'ssh-keygen',
  purpose: 'approvals by SSH key',
  examine: async ({ ask }) => {
    const [keygen, ssh] = await Promise.all([ask('ssh-keygen', ['-Y', 'sign']), ask('ssh', ['-V'])]);
    if (keygen.kind === 'absent') return missing('not on PATH', GET_IT);
    if (keygen.kind === 'failed') return wrong(keygen.why, GET_IT);
    if (/(?:unknown|illegal|invalid) option/i.test(keygen.stderr))
      return wrong('it cannot sign files', GET_IT);
    const [, version] = ssh.kind === 'ended' ? (/^OpenSSH_(\d[\w.]{0,15})/.exec(ssh.stderr) ?? []) : [];
    return ok(version === undefined ? 'it can sign files' : `OpenSSH ${version}`);
  },
};
