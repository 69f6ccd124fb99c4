"""Starts MiniStack, which refuses a whole stack for an alarm with metric math or a composite one; here it takes those unread.

Each of them is named in the log with ACCEPTED_UNREAD, so that the test can say that they were not shown to work.
"""

import sys

from ministack.app import main
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

main()
