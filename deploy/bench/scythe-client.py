"""The client `oaipmh-scythe` over one list: every record fetched and parsed, none kept. One JSON line in, one out."""

import json
import sys

from oaipmh_scythe import Scythe

provider = json.loads(sys.stdin.readline())["provider"]
records = 0
with Scythe(provider) as scythe:
    for record in scythe.list_records(metadata_prefix="oai_dc"):
        if record.header.identifier and record.metadata:
            records += 1
print(json.dumps({"records": records}), flush=True)
