"""The same with boto3's paginator, as a user would write it. Nothing is checked, merged or judged."""

import json
import sys

import boto3

endpoint, name = sys.argv[1:]
client = boto3.client("config", endpoint_url=endpoint)
paginator = client.get_paginator("get_organization_conformance_pack_detailed_status")
rows = []
for page in paginator.paginate(OrganizationConformancePackName=name):
    rows.extend(page["OrganizationConformancePackDetailedStatuses"])
print(json.dumps([len(rows), sum(row["Status"].endswith("_FAILED") for row in rows)]))
