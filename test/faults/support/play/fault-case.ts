/** A case of the fault suite: what goes wrong, what holds all the same, and how one round of it is played. */
import type { Invoke } from '../../../../local/ground/service.ts';
import type { FinalState } from '../judge/final-state.ts';
import type { Cognito, Losses, Person } from '../world/cognito.ts';
import type { World } from '../world/world.ts';
import type { Random } from './random.ts';

export interface Round {
  readonly world: World;
  /** This round's own numbers. */
  readonly random: Random;
  /** Calls a function, as Cognito does. */
  readonly invoke: Invoke;
  /** Somebody new, whose state is judged when all rounds have been played. */
  person(email?: string): Person;
  /** Somebody whom the whole system knows; judged as the others. */
  join(person: Person): void;
  /** @param losses none by default */
  cognito(losses?: Losses): Cognito;
}

/** Judges the people of the round, in the order in which they came; answers what is broken, in words. */
export type Judge = (...finals: readonly FinalState[]) => readonly string[];

type PutBack = () => void | Promise<void>;

export interface FaultCase {
  /** What goes wrong. */
  readonly name: string;
  /** What holds all the same, in one sentence. */
  readonly invariant: string;
  /** In a full run. */
  readonly rounds: number;
  /** Rounds at the same time. */
  readonly inParallel: number;
  /**
   * Whether processes are killed or answers of writes lost, so that a fact may be without its metric.
   * @default false
   */
  readonly losesMetrics?: boolean;
  /** Sets the world up; answers what puts it back. */
  readonly prepare?: (world: World) => PutBack | Promise<PutBack>;
  /** A round that throws is a violation. */
  play(round: Round): Promise<Judge>;
}
