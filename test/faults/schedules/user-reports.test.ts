import { describeScenarios } from './report.ts';
import { USER_REPORTS } from './scenarios/user-reports.ts';

describeScenarios('in every order', USER_REPORTS);
