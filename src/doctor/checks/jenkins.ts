import { serviceCheck } from '../service-check.js';

export const jenkins = serviceCheck('jenkins', 'machine images');
