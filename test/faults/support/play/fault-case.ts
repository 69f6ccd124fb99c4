/** A case of the fault suite: what goes wrong, what still holds, and how one round is played. */
import type { Invoke } from '../../../../local/ground/service.ts';
import type { FinalState } from '../judge/final-state.ts';
import type { Cognito, Losses, Person } from '../world/cognito.ts';
import type { World } from '../world/world.ts';
import type { Random } from './random.ts';

export interface Round {
  readonly world: World;
  /** Counted from 1. */
  readonly number: number;
  /** This round's own numbers. */
  readonly random: Random;
  /** Calls a function, as Cognito does. */
  readonly invoke: Invoke;
  /** Creates a new person, whose state is judged when all rounds have been played. */
  person(email?: string): Person;
  /** Adds a user of the whole system, who is judged like the others. */
  join(person: Person): void;
  /** @param losses none by default */
  cognito(losses?: Losses): Cognito;
}

/** Judges the people of the round, in the order in which they came. Returns what is broken, in words. */
export type Judge = (...finals: readonly FinalState[]) => readonly string[];

type PutBack = () => void | Promise<void>;

export interface FaultCase {
  /** What goes wrong. */
  readonly name: string;
  /** What still holds, in one sentence. */
  readonly invariant: string;
  /** The number of rounds in a full run. */
  readonly rounds: number;
  /** How many rounds run at the same time. */
  readonly inParallel: number;
  /**
   * Whether processes are killed or responses to writes are lost, so that a fact may have no metric.
   * @default false
   */
  readonly losesMetrics?: boolean;
  /**
   * Whether an order may go on counting against its user although SES refused the mail or the right code came, because what
   * takes it off fails for good, or is of a release that does not know it.
   * @default false
   */
  readonly keepsOrders?: boolean;
  /** Changes the world for this case. Returns a function that undoes the change. */
  readonly prepare?: (world: World) => PutBack | Promise<PutBack>;
  /** A round that throws is a violation. */
  play(round: Round): Promise<Judge>;
}
