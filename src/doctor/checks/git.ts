import { programCheck } from '../program-check.js';

export const git = programCheck({
  title: 'git',
  purpose: "a bundle's commit",
  programs: [{ name: 'git', args: ['--version'], version: /^git version (\d[\w.]{0,20})/ }],
  advice: 'install git',
});
