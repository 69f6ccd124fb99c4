import { SEED, scaled } from '../support/play/run-settings.ts';
import { sample } from './engine/sample.ts';
import { describeScenarios } from './report.ts';
import { CROWDS } from './scenarios/crowds.ts';

// More calls at once, and more faults, than all orders can be tried of.

const ORDERS = 150;

describeScenarios(`in random orders, seed ${SEED}`, CROWDS, (scenario) =>
  sample(scenario, scaled(ORDERS), SEED),
);
