"""The client `sickle` over one list: every record fetched and parsed, none kept. One JSON line in, one out."""

import json
import sys
import time

from sickle import Sickle

provider = json.loads(sys.stdin.readline())["provider"]
records = 0
started = time.perf_counter()
for record in Sickle(provider).ListRecords(metadataPrefix="oai_dc"):
    if record.header.identifier and record.metadata:
        records += 1
seconds = time.perf_counter() - started
print(json.dumps({"records": records, "seconds": seconds}), flush=True)
