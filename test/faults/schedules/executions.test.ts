import { describeScenarios } from './report.ts';
import { EXECUTIONS } from './scenarios/deliveries.ts';

describeScenarios('in every order', EXECUTIONS);
