"""Starts MiniStack so that it accepts our stack. By itself it refuses a whole stack for one resource that it does not know.

It does not know alarms with metric math, composite alarms, and the policy of a secret. Here it accepts these without a
look at them, and logs each with ACCEPTED_UNREAD, so that the test can say that they were not shown to work. Ref of a
secret returns its ARN here, as on AWS, the id of a mail is without a domain, as SES's is, a parameter becomes a number
where a client of a user pool has one, and a policy of one role is one of several.
"""

import sys

from ministack.app import main
from ministack.services import ses_v2
from ministack.services.cloudformation import provisioners

HANDLERS = provisioners._RESOURCE_HANDLERS
METRIC_ALARM = HANDLERS["AWS::CloudWatch::Alarm"]


def accept(logical_id, stack_name):
    print(f"ACCEPTED_UNREAD {logical_id}", file=sys.stderr, flush=True)
    name = f"{stack_name}-{logical_id}"
    return name, {"Arn": f"arn:aws:cloudwatch:us-east-1:000000000000:alarm:{name}"}


def create_metric_alarm(logical_id, props, stack_name):
    if props.get("Metrics"):
        return accept(logical_id, stack_name)
    return METRIC_ALARM["create"](logical_id, props, stack_name)


def update_metric_alarm(physical_id, old_props, new_props, stack_name, logical_id=None):
    if old_props.get("Metrics") or new_props.get("Metrics"):
        return accept(logical_id or physical_id, stack_name)
    return METRIC_ALARM["update"](physical_id, old_props, new_props, stack_name, logical_id)


def delete_metric_alarm(physical_id, props):
    if not props.get("Metrics"):
        METRIC_ALARM["delete"](physical_id, props)


HANDLERS["AWS::CloudWatch::Alarm"] = {
    "create": create_metric_alarm,
    "update": update_metric_alarm,
    "update_with_logical_id": True,
    "delete": delete_metric_alarm,
}
HANDLERS.setdefault(
    "AWS::CloudWatch::CompositeAlarm",
    {
        "create": lambda logical_id, props, stack_name: accept(logical_id, stack_name),
        "update": lambda physical_id, old, new, stack_name, logical_id: accept(logical_id, stack_name),
        "update_with_logical_id": True,
        "delete": lambda physical_id, props: None,
    },
)
HANDLERS.setdefault(
    "AWS::SecretsManager::ResourcePolicy",
    {
        "create": lambda logical_id, props, stack_name: accept(logical_id, stack_name),
        "update": lambda physical_id, old, new, stack_name, logical_id: accept(logical_id, stack_name),
        "update_with_logical_id": True,
        "delete": lambda physical_id, props: None,
    },
)

SECRET = dict(HANDLERS["AWS::SecretsManager::Secret"])


def name_of(secret_arn):
    """Without the hyphen and the six characters that Secrets Manager adds."""
    return secret_arn.split(":secret:")[-1][:-7] if secret_arn.startswith("arn:") else secret_arn


def create_secret(logical_id, props, stack_name):
    _, attributes = SECRET["create"](logical_id, props, stack_name)
    return attributes["Arn"], attributes


def update_secret(physical_id, old_props, new_props, stack_name, logical_id=None):
    _, attributes = SECRET["update"](name_of(physical_id), old_props, new_props, stack_name, logical_id)
    return attributes["Arn"], attributes


HANDLERS["AWS::SecretsManager::Secret"] = {
    **SECRET,
    "create": create_secret,
    "update": update_secret,
    "delete": lambda physical_id, props: SECRET["delete"](name_of(physical_id), props),
}

POOL_CLIENT = dict(HANDLERS["AWS::Cognito::UserPoolClient"])


def with_number(props):
    validity = props.get("AuthSessionValidity")
    return props if validity is None else {**props, "AuthSessionValidity": int(validity)}


HANDLERS["AWS::Cognito::UserPoolClient"] = {
    **POOL_CLIENT,
    "create": lambda logical_id, props, stack_name: POOL_CLIENT["create"](
        logical_id, with_number(props), stack_name
    ),
    "update": lambda physical_id, old, new, *rest, **named: POOL_CLIENT["update"](
        physical_id, with_number(old), with_number(new), *rest, **named
    ),
}

POLICY = dict(HANDLERS["AWS::IAM::Policy"])


def of_roles(props):
    """A policy of one role by itself, as the older resource for several has it."""
    return {**props, "Roles": [props["RoleName"]]}


HANDLERS.setdefault(
    "AWS::IAM::RolePolicy",
    {
        **POLICY,
        "create": lambda logical_id, props, stack_name: POLICY["create"](logical_id, of_roles(props), stack_name),
        "update": lambda physical_id, old, new, *rest, **named: POLICY["update"](
            physical_id, of_roles(old), of_roles(new), *rest, **named
        ),
        "delete": lambda physical_id, props: POLICY["delete"](physical_id, of_roles(props)),
    },
)

RESPOND = ses_v2.json_response


def respond(data, *args, **kwargs):
    """SES's reports name a mail by the id that SES gave to whoever sent it, and record-feedback takes no other."""
    if "MessageId" in data:
        data = {**data, "MessageId": data["MessageId"].split("@")[0]}
    return RESPOND(data, *args, **kwargs)


ses_v2.json_response = respond

main()
