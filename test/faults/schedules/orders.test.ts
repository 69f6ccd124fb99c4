import { describeScenarios } from './report.ts';
import { ORDERS } from './scenarios/orders.ts';

describeScenarios('in every order', ORDERS);
