import { awsCredentials } from './aws-credentials.js';
import { awsProvider } from './aws-provider.js';
import { configuration } from './configuration.js';
import { containers } from './containers.js';
import { git } from './git.js';
import { gitlab } from './gitlab.js';
import { jenkins } from './jenkins.js';
import { kubernetes } from './kubernetes.js';
import { motoServer } from './moto-server.js';
import { prometheus } from './prometheus.js';
import { qontractReconcile } from './qontract-reconcile.js';
import { qontractServer } from './qontract-server.js';
import { sshKeygen } from './ssh-keygen.js';
import { terraform } from './terraform.js';
import { vault } from './vault.js';

/** Every check, in the order in which they are shown. */
export const CHECKS = {
  configuration,
  'qontract-server': qontractServer,
  'aws-credentials': awsCredentials,
  vault,
  terraform,
  'aws-provider': awsProvider,
  'qontract-reconcile': qontractReconcile,
  git,
  'ssh-keygen': sshKeygen,
  gitlab,
  jenkins,
  prometheus,
  kubernetes,
  containers,
  'moto-server': motoServer,
};

export type CheckId = keyof typeof CHECKS;
