"""A server that administers a pool by boto3: admin_app.py <endpoint> <region>.

Reads a call from each line of standard input, such as ["GetGroup", {"GroupName": "staff", …}], and writes the reply as a line:
["result", {…}] or ["error", <name>, <text>].
"""

import json
import sys

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError


def main(endpoint, region):
    client = boto3.client("cognito-idp", region_name=region, endpoint_url=endpoint)
    for line in sys.stdin:
        operation, request = json.loads(line)
        try:
            reply = ["result", getattr(client, xform_name(operation))(**request)]
        except ClientError as error:
            reply = ["error", error.response["Error"]["Code"], error.response["Error"]["Message"]]
        print(json.dumps(reply, default=str), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
