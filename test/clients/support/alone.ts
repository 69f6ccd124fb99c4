/** Environment variables for the AWS CLI and boto3: no settings of this machine's user, and no search for credentials. */
export const ALONE = {
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
  NO_PROXY: '127.0.0.1,localhost',
} as const;
