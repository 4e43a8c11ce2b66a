import { join, resolve } from 'node:path';

import type { Backend } from '../root.js';
import { DEFAULT_WORKSPACE, type BackendPlace } from './backend-place.js';
import type { BackendSettings } from './backend-settings.js';
import { s3Backend } from './s3-backend.js';

/**
 * Where a workspace's state is kept. Of an S3 backend that cannot be followed without terraform (endpoints or secrets of
 * its own, or settings that nobody has given yet) only the type is told.
 */
export function backendOf({ type, settings }: BackendSettings, place: BackendPlace): Backend {
  switch (type) {
    case 'local':
      return { type, path: localPath(settings, place) };
    case 's3':
      return s3Backend(settings, place) ?? { type: 'other', name: type };
    default:
      return { type: 'other', name: type };
  }
}

/** @see https://developer.hashicorp.com/terraform/language/backend/local */
function localPath(settings: BackendSettings['settings'], { folder, workspace }: BackendPlace): string {
  const given = (name: string, otherwise: string): string => {
    const value = settings[name];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const file = 'terraform.tfstate';
  return workspace === DEFAULT_WORKSPACE
    ? resolve(folder, given('path', file))
    : resolve(folder, join(given('workspace_dir', `${file}.d`), workspace, file));
}
