/** The product's own rules on a real DynamoDB engine, called as Cognito, Step Functions and SES would call them. */
import type { Limits } from '../rules/model.ts';
import { aGround, type Breaks } from './ground.ts';
import { mailRoomOf } from './mail-room.ts';
import { signInsOf } from './sign-ins.ts';

/** A service that nobody has used yet. */
export const aService = async (limits: Limits, breaks: Breaks = {}) => {
  const ground = await aGround(limits, breaks);
  return { ...ground, ...signInsOf(ground), ...mailRoomOf(ground) };
};

export type Service = Awaited<ReturnType<typeof aService>>;
