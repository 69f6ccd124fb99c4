"""An app that signs in by boto3 and pycognito: pycognito_app.py <endpoint> <pool id> <client id> [<client secret>].

Reads a call from each line of standard input, such as ["answer", "123456"], and writes the reply as a line.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP


DONE = {"kind": "done"}


class CodeSignIn(AWSSRP):
    """AWSSRP starts USER_SRP_AUTH and knows no challenge of the pool's own. This starts CUSTOM_AUTH and answers them."""

    def authenticate_user(self, client=None, client_metadata=None):
        start = {**self.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}
        asked = self.client.initiate_auth(
            AuthFlow="CUSTOM_AUTH", AuthParameters=start, ClientId=self.client_id
        )
        responses = self.process_challenge(asked["ChallengeParameters"], start)
        return self.respond("PASSWORD_VERIFIER", asked["Session"], responses, client_metadata)

    def answer_code(self, session, answer, client_metadata=None):
        responses = {"USERNAME": self.username, "ANSWER": answer}
        if self.client_secret is not None:
            responses["SECRET_HASH"] = self.get_secret_hash(
                self.username, self.client_id, self.client_secret
            )
        return self.respond("CUSTOM_CHALLENGE", session, responses, client_metadata)

    def respond(self, challenge, session, responses, client_metadata):
        return self.client.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName=challenge,
            Session=session,
            ChallengeResponses=responses,
            ClientMetadata=client_metadata or {},
        )


class App:
    def __init__(self, endpoint, pool_id, client_id, client_secret=None):
        self.endpoint = endpoint
        self.pool_id = pool_id
        self.client_id = client_id
        self.client_secret = client_secret
        self.client = boto3.client(
            "cognito-idp", region_name=pool_id.split("_")[0], endpoint_url=endpoint
        )

    def signIn(self, username, password):
        self.sign_in = CodeSignIn(
            username,
            password,
            self.pool_id,
            self.client_id,
            client=self.client,
            client_secret=self.client_secret,
        )
        return self.to_reply(self.sign_in.authenticate_user())

    def answer(self, code):
        return self.to_reply(self.sign_in.answer_code(self.session, code))

    def resend(self):
        metadata = {"action": "resend"}
        return self.to_reply(self.sign_in.answer_code(self.session, "resend", metadata))

    def refresh(self):
        self.user.renew_access_token()  # Verifies the tokens, too.
        return self.tokens()

    def signOut(self):
        secret = {} if self.client_secret is None else {"ClientSecret": self.client_secret}
        self.client.revoke_token(Token=self.user.refresh_token, ClientId=self.client_id, **secret)
        return DONE

    def signOutEverywhere(self):
        self.user.logout()
        return DONE

    def readAttributes(self):
        # pycognito's get_user gives objects; this is what it asks.
        found = self.client.get_user(AccessToken=self.user.access_token)["UserAttributes"]
        return {"kind": "attributes", "attributes": {a["Name"]: a["Value"] for a in found}}

    def setAttribute(self, name, value):
        self.user.update_profile({name: value})
        return DONE

    def deleteAttribute(self, name):
        self.client.delete_user_attributes(
            UserAttributeNames=[name], AccessToken=self.user.access_token
        )
        return DONE

    def changePassword(self, previous, proposed):
        self.user.change_password(previous, proposed)
        return DONE

    def deleteUser(self):
        self.user.delete_user()
        return DONE

    def to_reply(self, response):
        if "AuthenticationResult" not in response:
            self.session = response["Session"]
            return {"kind": "challenge", "parameters": response["ChallengeParameters"]}
        result = response["AuthenticationResult"]
        self.user = Cognito(
            self.pool_id,
            self.client_id,
            id_token=result["IdToken"],
            access_token=result["AccessToken"],
            refresh_token=result["RefreshToken"],
            client_secret=self.client_secret,
            # pycognito expects this URL in the tokens' issuer.
            boto3_client_kwargs={"endpoint_url": self.endpoint},
        )
        self.user.verify_tokens()
        # The secret hash of a refresh is made with the name that the pool has for the user.
        self.user.username = self.user.id_claims["cognito:username"]
        return self.tokens()

    def tokens(self):
        return {"kind": "tokens", "id": self.user.id_token, "access": self.user.access_token}


def main(app):
    for line in sys.stdin:
        name, *args = json.loads(line)
        try:
            reply = getattr(app, name)(*args)
        except ClientError as error:
            reply = {
                "kind": "refused",
                "error": error.response["Error"]["Code"],
                "message": error.response["Error"]["Message"],
            }
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main(App(*sys.argv[1:]))
