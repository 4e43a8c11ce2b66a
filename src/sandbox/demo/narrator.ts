import type { IdentityName } from '../aws/identities.js';

/** Somebody of the story, by the name that app-interface has for them. */
export type Actor = 'robin' | 'sasha' | 'loop';

/** Which identity of the sandbox each acts as. */
export const IDENTITY_OF: Readonly<Record<Actor, IdentityName>> = {
  robin: 'operator',
  sasha: 'reviewer',
  loop: 'terraform',
};

/** One command of the story and what came of it. */
export interface DemoStep {
  readonly who: Actor;
  /** As it is typed. */
  readonly command: string;
  readonly exitCode: number;
  readonly seconds: number;
  /** What it said: the result, or why not. */
  readonly output: string;
}

/** Tells the story while it happens. */
export interface Narrator {
  /** Whether what commands say may have colours. */
  readonly colour: boolean;
  /** A new chapter begins. */
  chapter(title: string, text: string): void;
  /** A command is about to run. */
  running(who: Actor, command: string): void;
  ran(step: DemoStep): void;
}
