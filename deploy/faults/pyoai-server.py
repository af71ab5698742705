"""An OAI-PMH provider that nobody of this project wrote: pyoai's own server, on loopback, over records that are handed in.

Reads one JSON line: {"port": 0, "pageSize": 10, "records": [{"id", "datestamp", "deleted", "title", "description"}]}.
Answers one JSON line, {"port": n}, then serves until its standard input ends.
"""
import json
import sys
import threading
import types
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

# pyoai asks for cgi.parse_qs, which Python gave up in 3.8, and the module in 3.13.
cgi = types.ModuleType("cgi")
cgi.parse_qs = parse_qs
sys.modules["cgi"] = cgi

from oaipmh import common, error, metadata  # noqa: E402
from oaipmh.server import BatchingServer, oai_dc_writer  # noqa: E402

given = json.loads(sys.stdin.readline())


def record(said):
    when = datetime.strptime(said["datestamp"], "%Y-%m-%dT%H:%M:%SZ")
    header = common.Header(None, said["id"], when, [], said["deleted"])
    fields = {"title": [said["title"]], "description": [said["description"]]}
    return header, common.Metadata(None, fields), None


class Repository:
    def __init__(self, records):
        self.records = records

    def identify(self):
        return common.Identify(
            repositoryName="pyoai",
            baseURL="http://127.0.0.1/oai",
            protocolVersion="2.0",
            adminEmails=["oai@example.org"],
            earliestDatestamp=datetime(2020, 1, 1),
            deletedRecord="persistent",
            granularity="YYYY-MM-DDThh:mm:ssZ",
            compression=["identity"],
        )

    def getRecord(self, metadataPrefix, identifier):
        for one in self.records:
            if one[0].identifier() == identifier:
                return one
        raise error.IdDoesNotExistError(identifier)

    def listMetadataFormats(self, identifier=None):
        return [("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/")]

    def listSets(self, cursor=0, batch_size=10):
        raise error.NoSetHierarchyError("no sets")

    def listRecords(self, metadataPrefix=None, from_=None, until=None, set=None, cursor=0, batch_size=10):
        chosen = [
            one
            for one in self.records
            if (from_ is None or one[0].datestamp() >= from_) and (until is None or one[0].datestamp() <= until)
        ]
        if not chosen:
            raise error.NoRecordsMatchError("nothing")
        return chosen[int(cursor) : int(cursor) + int(batch_size)]

    def listIdentifiers(self, **asked):
        return [header for header, _metadata, _about in self.listRecords(**asked)]


writers = metadata.MetadataRegistry()
writers.registerWriter("oai_dc", oai_dc_writer)
repository = Repository([record(said) for said in given["records"]])
server = BatchingServer(repository, writers, resumption_batch_size=given["pageSize"])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = server.handleRequest(dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True)))
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http = ThreadingHTTPServer(("127.0.0.1", given["port"]), Handler)
threading.Thread(target=http.serve_forever, daemon=True).start()
print(json.dumps({"port": http.server_port}), flush=True)
sys.stdin.read()
