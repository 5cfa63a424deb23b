"""Runs an example through Pulumi's Automation API for Python: `inline.py <example> <preview|up|destroy> [policy pack]`.

The current folder has the project; the stack, its backend and the CLI are in the environment.
"""

import os
import runpy
import sys

from pulumi import automation as auto

example, operation, *policy_packs = sys.argv[1:]


def program() -> None:
    runpy.run_path(os.path.join(example, "__main__.py"))


stack = auto.create_or_select_stack(
    stack_name=os.environ["STACK"],
    project_name="org-conformance",
    program=program,
    opts=auto.LocalWorkspaceOptions(work_dir=os.getcwd()),
)
try:
    if operation == "preview":
        stack.preview(policy_packs=policy_packs, on_output=print)
    elif operation == "up":
        stack.up(policy_packs=policy_packs, on_output=print)
    else:
        stack.destroy(on_output=print)
except auto.CommandError:
    # Everything that it says was printed.
    sys.exit(1)
