/** What the name of a backup tells. */
export interface BackupName {
  /** The account, or what the folder is called. */
  readonly root: string;
  /** The state's key or path. */
  readonly key: string;
  readonly serial: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly isEncrypted: boolean;
}

const NAME = /^(.+)__(.+)__(\d+)__(\d{8}T\d{9}Z)\.tfstate(\.age)?$/;
const TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;

/** Long keys are told apart by their ends. */
const MAX_PART = 80;

/** e.g. `acme-stage__terraform_acme-stage.tfstate__12__20260131T120000000Z.tfstate` */
export function formatBackupName({ root, key, serial, time, isEncrypted }: BackupName): string {
  const when = new Date(time).toISOString().replaceAll(/[-:.]/g, '');
  return `${seriesOf({ root, key })}__${serial}__${when}.tfstate${isEncrypted ? '.age' : ''}`;
}

/** What all backups of one state have in common. */
export function seriesOf({ root, key }: Pick<BackupName, 'root' | 'key'>): string {
  return `${plain(root)}__${plain(key)}`;
}

/** undefined: a file of another name, which is not ours. */
export function parseBackupName(name: string): BackupName | undefined {
  const [, root, key, serial, when = '', encrypted] = NAME.exec(name) ?? [];
  if (root === undefined || key === undefined) return undefined;
  const time = Date.parse(when.replace(TIME, '$1-$2-$3T$4:$5:$6.$7Z'));
  if (Number.isNaN(time)) return undefined;
  return { root, key, serial: Number(serial), time, isEncrypted: encrypted !== undefined };
}

/** Nothing that a file system or the name's own parts could misunderstand. */
function plain(text: string): string {
  const safe = text.replaceAll(/[^A-Za-z0-9.-]+/g, '_').replaceAll(/^[._]+|_+$/g, '');
  return (safe === '' ? 'state' : safe).slice(-MAX_PART).replace(/^[._]+/, '');
}
