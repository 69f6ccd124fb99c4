import { describeScenarios } from './report.ts';
import { ANSWERS } from './scenarios/answers.ts';

describeScenarios('in every order', ANSWERS);
