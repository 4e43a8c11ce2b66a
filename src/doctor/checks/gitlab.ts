import { serviceCheck } from '../service-check.js';

export const gitlab = serviceCheck('gitlab', 'merge requests', { needsToken: true });
