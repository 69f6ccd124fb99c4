import { describeScenarios } from './report.ts';
import { NOTICES } from './scenarios/notices.ts';

describeScenarios('in every order', NOTICES);
