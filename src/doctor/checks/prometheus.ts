import { serviceCheck } from '../service-check.js';

export const prometheus = serviceCheck('prometheus', 'integration status');
