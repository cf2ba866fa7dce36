#!/usr/bin/env python3
"""Computes derivation.properties: an independent form of the derivation of masters and validation scalars.

Uses only the Python standard library; run it and compare its output with the file beside it.
"""
import hashlib
import hmac
import uuid

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
SAKKE_Q = int("265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
              "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
              "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
              "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB", 16)

ROOT = bytes(range(64))
EPOCH = uuid.UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
KMS_URI = "kms.example.org"
PURPOSES = {"production": 1, "development": 2}
UID = hashlib.sha256(b"sip:alice@example.org").digest()
IDENTITIES = {"raw": UID, "asciiHex": UID.hex().encode("ascii")}


def add(a, b):
    if a is None:
        return b
    if b is None:
        return a
    if a[0] == b[0]:
        if (a[1] + b[1]) % P == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(k, point):
    result = None
    while k:
        if k & 1:
            result = add(result, point)
        point = add(point, point)
        k >>= 1
    return result


def derive(key, label, context, bits):
    assert len(label) == 12
    out = b""
    for i in range(1, bits // 512 + 1):
        data = i.to_bytes(4, "big") + label + b"\0" + context + bits.to_bytes(4, "big")
        out += hmac.new(key, data, hashlib.sha512).digest()
    return out


def show(name, octets):
    print(name + "=" + octets.hex().upper())


print("# Origin: derive.py beside this file (Python standard library)")
show("root", ROOT)
print("epoch=" + str(EPOCH))
print("kmsUri=" + KMS_URI)
for name, identity in IDENTITIES.items():
    show("identity." + name, identity)
for purpose, code in PURPOSES.items():
    context = bytes([1, 1, code]) + EPOCH.bytes + hashlib.sha256(KMS_URI.encode()).digest()
    show(purpose + ".context", context)
    ksak = int.from_bytes(derive(ROOT, b"mckms/1/ksak", context, 512), "big") % N
    z_t = int.from_bytes(derive(ROOT, b"mckms/1/z_t_", context, 1536), "big") % SAKKE_Q
    k_v = derive(ROOT, b"mckms/1/vkey", context, 512)
    show(purpose + ".ksak", ksak.to_bytes(32, "big"))
    show(purpose + ".zT", z_t.to_bytes(128, "big"))
    show(purpose + ".kV", k_v)
    x, y = multiply(ksak, G)
    kpak = b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")
    show(purpose + ".kpak", kpak)
    for name, identity in IDENTITIES.items():
        for issue, attempt in ((0, 0), (0, 1), (1, 0), (2147483647, 255)):
            bound = (context + kpak + hashlib.sha256(identity).digest() + len(identity).to_bytes(2, "big")
                     + issue.to_bytes(4, "big") + bytes([attempt]))
            v = int.from_bytes(derive(k_v, b"mckms/1/v___", bound, 512), "big") % N
            show("%s.v.%s.%d.%d" % (purpose, name, issue, attempt), v.to_bytes(32, "big"))
