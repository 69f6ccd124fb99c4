/** A secret's versions and their staging labels. Each label is on one version at most. */
export interface SecretVersion {
  readonly versionId: string;
  readonly value: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly stages: readonly string[];
}

export type SecretVersions = readonly SecretVersion[];

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

export const holderOf = (versions: SecretVersions, stage: string): SecretVersion | undefined =>
  versions.find(({ stages }) => stages.includes(stage));

const attach = (versions: SecretVersions, stage: string, versionId: string | undefined): SecretVersions =>
  versions.map((version) => {
    const others = version.stages.filter((other) => other !== stage);
    return { ...version, stages: version.versionId === versionId ? [...others, stage] : others };
  });

/**
 * Moves the label to this version, or removes it if `versionId` is undefined. When AWSCURRENT moves, its old version gets
 * AWSPREVIOUS. A version without labels stays here; Secrets Manager may delete it later.
 */
export const moveStage = (
  versions: SecretVersions,
  stage: string,
  versionId: string | undefined,
): SecretVersions => {
  const from = holderOf(versions, stage)?.versionId;
  const moved = attach(versions, stage, versionId);
  if (stage !== CURRENT || from === undefined || from === versionId) return moved;
  return attach(moved, PREVIOUS, from);
};
