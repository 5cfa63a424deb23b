"""Asks the emulator with AWS's SDK for Python: all that is read of an organization, as JSON."""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, account, unit = sys.argv[1:]
client = boto3.client(
    "organizations",
    region_name="us-east-1",
    endpoint_url=endpoint,
    aws_access_key_id="AKIAOFTHETEST",
    aws_secret_access_key="the-secret-of-the-test",
    config=Config(retries={"total_max_attempts": 1}),
)


def pages(operation, key, **arguments):
    return [page[key] for page in client.get_paginator(operation).paginate(**arguments)]


def flat(operation, key, field, **arguments):
    return [entry[field] for page in pages(operation, key, **arguments) for entry in page]


def error_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


tags = pages("list_tags_for_resource", "Tags", ResourceId=account)
json.dump(
    {
        "roots": flat("list_roots", "Roots", "Id"),
        "units": flat("list_organizational_units_for_parent", "OrganizationalUnits", "Id", ParentId="r-root"),
        "accounts": flat("list_accounts", "Accounts", "Id"),
        "states": sorted(set(flat("list_accounts", "Accounts", "Status"))),
        "accountsOfUnit": flat("list_accounts_for_parent", "Accounts", "Id", ParentId=unit),
        "pagesOfUnit": len(pages("list_accounts_for_parent", "Accounts", ParentId=unit)),
        "tags": {tag["Key"]: tag["Value"] for page in tags for tag in page},
        "pagesOfTags": len(tags),
        "managementAccount": client.describe_organization()["Organization"]["MasterAccountId"],
        "errors": [
            error_of(client.list_tags_for_resource, ResourceId="999999999999"),
            error_of(client.list_accounts_for_parent, ParentId="ou-root-deletedunit"),
            error_of(client.list_organizational_units_for_parent, ParentId="production"),
        ],
    },
    sys.stdout,
)
