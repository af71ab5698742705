"""The client `sickle` over one list: every record fetched and parsed, none kept. One JSON line in, one out."""

import json
import sys

from sickle import Sickle

provider = json.loads(sys.stdin.readline())["provider"]
records = 0
for record in Sickle(provider).ListRecords(metadataPrefix="oai_dc"):
    if record.header.identifier and record.metadata:
        records += 1
print(json.dumps({"records": records}), flush=True)
