import { describeScenarios } from './report.ts';
import { ADDRESSES } from './scenarios/orders.ts';

describeScenarios('in every order', ADDRESSES);
