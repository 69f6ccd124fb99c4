import { describeScenarios } from './report.ts';
import { DELIVERIES } from './scenarios/deliveries.ts';

describeScenarios('in every order', DELIVERIES);
