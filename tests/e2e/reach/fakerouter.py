#!/usr/bin/env python3
# SPDX-FileCopyrightText: Cycast Desktop developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A router that speaks UPnP (IGD 1) and behaves as badly as asked; for tests/e2e/reach/world."""
import argparse
import http.server
import os
import re
import socket
import struct
import subprocess
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("--lan", required=True)
parser.add_argument("--external", default="")
parser.add_argument("--refuse", type=int, default=0, help="AddPortMapping answers with this error")
parser.add_argument("--permanent-only", action="store_true", help="725 for every lease but 0")
parser.add_argument("--wan", default="", help="opened ports are real ones, by nft")
parser.add_argument("--slow", action="store_true", help="takes orders and does not answer")
parser.add_argument("--garbage", action="store_true", help="answers with noise")
parser.add_argument("--taken", default="", help="PORT:CLIENT has an entry already")
parser.add_argument("--pinholes", action="store_true", help="IGD 2: opens its IPv6 firewall, by nft")
options = parser.parse_args()

SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1"
FIREWALL = "urn:schemas-upnp-org:service:WANIPv6FirewallControl:1"
FIREWALL_SERVICE = f"""<service><serviceType>{FIREWALL}</serviceType>
<serviceId>urn:upnp-org:serviceId:WANIPv6Firewall1</serviceId><controlURL>/firewall</controlURL>
<eventSubURL>/event6</eventSubURL><SCPDURL>/scpd6.xml</SCPDURL></service>""" if options.pinholes else ""
DESCRIPTION = f"""<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
<device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><friendlyName>Fake</friendlyName>
<deviceList><device><deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType><deviceList><device>
<deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><serviceList><service>
<serviceType>{SERVICE}</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId>
<controlURL>/control</controlURL><eventSubURL>/event</eventSubURL><SCPDURL>/scpd.xml</SCPDURL>
</service>{FIREWALL_SERVICE}</serviceList></device></deviceList></device></deviceList></device></root>""".encode()
entries = {}
if options.taken:
    entries[options.taken.split(":")[0]] = (options.taken.split(":")[1], options.taken.split(":")[0], "0")


def field(body, name):
    found = re.search(rf"<{name}[^>]*>([^<]*)</{name}>", body)
    return found.group(1) if found else ""


def nft(command):
    if options.wan:
        subprocess.run(["nft", command], check=False)


def show_entries():
    nft("flush chain inet filter prerouting_miniupnpd")
    nft("flush chain inet filter miniupnpd")
    for external, (client, internal, _) in entries.items():
        nft(f"add rule inet filter prerouting_miniupnpd iifname {options.wan} tcp dport {external} dnat ip to {client}:{internal}")
        nft(f"add rule inet filter miniupnpd ip daddr {client} tcp dport {internal} accept")


def act(action, body):
    """The arguments of the answer, or an error's number."""
    if action == "GetStatusInfo":
        return {"NewConnectionStatus": "Connected", "NewLastConnectionError": "ERROR_NONE", "NewUptime": "1"}
    if action == "GetExternalIPAddress":
        return {"NewExternalIPAddress": options.external}
    if action == "GetFirewallStatus":
        return {"FirewallEnabled": "1", "InboundPinholeAllowed": "1"}
    if action == "AddPinhole":
        subprocess.run(["nft", f"add rule inet filter miniupnpd ip6 daddr {field(body, 'InternalClient')} tcp dport "
                        f"{field(body, 'InternalPort')} accept"], check=False)
        return {"UniqueID": "7"}
    if action in ("UpdatePinhole", "DeletePinhole"):
        if field(body, "UniqueID") != "7":
            return 704
        if action == "DeletePinhole":
            subprocess.run(["nft", "flush chain inet filter miniupnpd"], check=False)
        return {}
    external = field(body, "NewExternalPort")
    if action == "GetSpecificPortMappingEntry":
        if external not in entries:
            return 714
        client, internal, lease = entries[external]
        return {"NewInternalPort": internal, "NewInternalClient": client, "NewEnabled": "1",
                "NewPortMappingDescription": "x", "NewLeaseDuration": lease}
    if action == "AddPortMapping":
        lease = field(body, "NewLeaseDuration")
        if options.refuse:
            return options.refuse
        if external in entries and entries[external][0] != field(body, "NewInternalClient"):
            return 718
        if options.permanent_only and lease != "0":
            return 725
        entries[external] = (field(body, "NewInternalClient"), field(body, "NewInternalPort"), lease)
        show_entries()
        return {}
    if action == "DeletePortMapping":
        if entries.pop(external, None) is None:
            return 714
        show_entries()
        return {}
    return 401


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def reply(self, status, body):
        if options.garbage:
            body = os.urandom(4000)
        self.send_response(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply(200, DESCRIPTION)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode(errors="replace")
        if options.slow:
            time.sleep(60)
        action = self.headers.get("SOAPAction", "").strip('"').partition("#")[2]
        result = act(action, body)
        if isinstance(result, int):
            inner = (f"<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
                     f"<UPnPError xmlns=\"urn:schemas-upnp-org:control-1-0\"><errorCode>{result}</errorCode>"
                     f"<errorDescription>no</errorDescription></UPnPError></detail></s:Fault>")
        else:
            inner = "".join(f"<{key}>{value}</{key}>" for key, value in result.items())
            service = self.headers.get("SOAPAction", "").strip('"').partition("#")[0]
            inner = f"<u:{action}Response xmlns:u=\"{service}\">{inner}</u:{action}Response>"
        self.reply(500 if isinstance(result, int) else 200,
                   f"<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
                   f"<s:Body>{inner}</s:Body></s:Envelope>".encode())


server = http.server.ThreadingHTTPServer((options.lan, 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
ssdp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ssdp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ssdp.bind(("", 1900))
ssdp.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                struct.pack("4s4s", socket.inet_aton("239.255.255.250"), socket.inet_aton(options.lan)))
print("ready", flush=True)
while True:
    request, sender = ssdp.recvfrom(2000)
    if not request.startswith(b"M-SEARCH") or b"InternetGatewayDevice:1" not in request:
        continue
    if options.garbage:
        ssdp.sendto(os.urandom(300), sender)
    ssdp.sendto(f"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n"
                f"USN: uuid:1\r\nEXT:\r\nSERVER: fake\r\nLOCATION: http://{options.lan}:{server.server_port}/root.xml\r\n\r\n"
                .encode(), sender)
