import type { DataFolder } from './data-folder.js';
import { DEFAULT_WORKSPACE } from './backend-place.js';

/**
 * The workspace in use: `TF_WORKSPACE`, else the one that was selected last.
 *
 * @throws FailedError `DataFolderUnreadable`
 * @see https://developer.hashicorp.com/terraform/language/state/workspaces
 */
export async function workspaceOf(
  data: DataFolder,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const selected = [env['TF_WORKSPACE'], (await data.read('environment'))?.toString('utf8')];
  const names = selected.map((name) => name?.trim() ?? '').filter((name) => name !== '');
  return names[0] ?? DEFAULT_WORKSPACE;
}
