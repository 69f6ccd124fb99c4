/** How many out of a number of trials may succeed by chance. */

/** The chance of exactly this many successes. */
const chanceOf = (successes: number, trials: number, probability: number): number => {
  let chance = (1 - probability) ** trials;
  for (let at = 0; at < successes; at += 1) {
    chance *= ((trials - at) / (at + 1)) * (probability / (1 - probability));
  }
  return chance;
};

/** The most successes that are still believable: more of them happen once in a million runs. */
export const mostByChance = (trials: number, probability: number): number => {
  let atMost = 0;
  for (let successes = 0; successes < trials; successes += 1) {
    atMost += chanceOf(successes, trials, probability);
    if (1 - atMost < 1e-6) return successes;
  }
  return trials;
};
