import {
  type DockerImageAssetLocation,
  type FileAssetLocation,
  type FileAssetSource,
  Fn,
  type ISynthesisSession,
  StackSynthesizer,
} from 'aws-cdk-lib';

/** A function's code, and where it is expected below the parameter `CodePrefix`. */
export interface CodeZip {
  /** Has the hash of the code in it, so that other code is another key, and the function changes with it. */
  readonly name: string;
  /** The folder that is zipped. */
  readonly folder: string;
}

/** Digits of SHA-256; as many as tell any two versions of a function apart. */
const HASH_LENGTH = 16;

/**
 * Writes a template that anybody can deploy: it expects the functions' code where the parameters `CodeBucket` and `CodePrefix`
 * say, and nothing from `cdk bootstrap`. The staging of assets must be off.
 */
export class CodeSynthesizer extends StackSynthesizer {
  readonly #zips = new Map<string, CodeZip>();

  /** What has to be zipped, after the synthesis. */
  get zips(): readonly CodeZip[] {
    return [...this.#zips.values()];
  }

  override addFileAsset({
    fileName: folder = '',
    sourceHash,
    displayName,
  }: FileAssetSource): FileAssetLocation {
    const name = `${displayName}-${sourceHash.slice(0, HASH_LENGTH)}.zip`;
    this.#zips.set(name, { name, folder });
    const [bucketName, prefix] = [Fn.ref('CodeBucket'), Fn.ref('CodePrefix')];
    const s3ObjectUrl = `s3://${bucketName}/${prefix}${name}`;
    return { bucketName, objectKey: `${prefix}${name}`, s3ObjectUrl, httpUrl: s3ObjectUrl };
  }

  override addDockerImageAsset(): DockerImageAssetLocation {
    throw new Error('The template has no images');
  }

  override synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
  }
}
