/** The way between a page and Cognito: it takes its time, and loses requests and answers. */
import type { AuthResponse, ChallengeResponse } from '../../../client/aws-sdk.ts';
import { type ClientCall, readClientMetadata } from '../../../shared/messages/client-metadata.ts';
import { anError } from './a-cognito.ts';

/** What happens to a call. `busy`: Cognito takes no call at the moment. */
export type Weather = 'fine' | 'requestLost' | 'answerLost' | 'busy';

/** A call that has reached Cognito. */
export interface Reached {
  readonly call: ClientCall;
  readonly answer: string;
  readonly session: string | undefined;
  readonly weather: Weather;
  readonly response: AuthResponse | undefined;
}

/** Milliseconds. */
export const LONGEST_WAY = 1_500;

const BROKEN = new TypeError('Failed to fetch');

const never = new Promise<never>(() => {});

/** `random` returns numbers from 0 to 1. */
export const aNetwork = (
  respond: (input: ChallengeResponse) => Promise<AuthResponse>,
  weatherNow: () => Weather,
  random: () => number,
) => {
  const reached: Reached[] = [];
  let working = 0;
  const travel = () => new Promise((resolve) => setTimeout(resolve, random() * LONGEST_WAY));

  const arrive = async (input: ChallengeResponse, weather: Weather): Promise<AuthResponse> => {
    const { Session: session, ChallengeResponses, ClientMetadata } = input;
    const { call } = readClientMetadata(ClientMetadata);
    const report = (response?: AuthResponse) =>
      reached.push({ call, answer: ChallengeResponses.ANSWER ?? '', session, weather, response });
    working += 1;
    try {
      const response = await respond(input);
      report(response);
      return response;
    } catch (error) {
      report();
      throw error;
    } finally {
      working -= 1;
    }
  };

  return {
    /** All calls that Cognito has seen, in order. */
    reached,
    /** Whether Cognito is at work, which takes no time here. */
    isWorking: () => working > 0,
    /** The connection of one page. What comes back to a page that is gone reaches nobody. */
    connect: () => {
      let [isGone, underWay, most] = [false, 0, 0];
      let last: Weather = 'fine';
      const send = async (input: ChallengeResponse): Promise<AuthResponse> => {
        const weather = weatherNow();
        last = weather;
        await travel();
        if (weather === 'requestLost') throw BROKEN;
        if (weather === 'busy') throw anError('TooManyRequestsException');
        const answered = arrive(input, weather);
        await answered.catch(() => {}).then(travel);
        if (weather === 'answerLost') throw BROKEN;
        return answered;
      };
      return {
        send: async (input: ChallengeResponse): Promise<AuthResponse> => {
          if (isGone) return never;
          underWay += 1;
          most = Math.max(most, underWay);
          try {
            return await send(input);
          } finally {
            underWay -= 1;
            if (isGone) await never;
          }
        },
        leave: () => {
          isGone = true;
        },
        /** The most calls that were under way at once. */
        most: () => most,
        isBusy: () => underWay > 0,
        /** Whether the last call was answered, by tokens, a challenge or an error. */
        isHeard: () => last === 'fine',
      };
    },
  };
};
