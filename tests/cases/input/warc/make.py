"""make.py FILE - a web archive with one record of each kind that matters; FILE.gz, a gzip member a record."""
import gzip, sys, zlib

PAGE = """<!doctype html><html lang="en"><head><title>Talks %s</title>
<meta property="article:published_time" content="2024-01-19T08:00:00Z"></head>
<body><article><p>Japan and the Republic of Korea met in Seoul on Friday, they said in a statement of some length.</p>
<p>France %s spoke of it, too, and of the talks that are to come in the course of the year.</p></article></body></html>"""
BARE = "<html><body><p>Japan spoke %s.</p></body></html>"

def record(kind, body, uri=None, number=0, media="application/http; msgtype=response", **more):
    head = ["WARC/1.1", "WARC-Type: " + kind, "WARC-Date: 2024-05-02T10:30:%02dZ" % number,
            "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>" % number]
    if uri: head.append("WARC-Target-URI: " + uri)
    head += [name.replace("_", "-") + ": " + value for name, value in more.items()]
    head += ["Content-Type: " + media, "Content-Length: %d" % len(body)]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"

def http(body, *fields, status="200 OK"):
    return ("HTTP/1.1 " + status + "\r\n" + "".join(f + "\r\n" for f in fields) + "\r\n").encode() + body

def chunks(body, size):
    cut = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(c), c) for c in cut) + b"0\r\n\r\n"

HTML, SITE = "Content-Type: text/html; charset=utf-8", "https://news.example/"
page = lambda name: (PAGE % (name, name)).encode()
bare = lambda name: (BARE % name).encode()
raw = zlib.compressobj(wbits=-15)
records = [
    record("warcinfo", b"software: none\r\n", media="application/warc-fields"),
    record("request", http(b""), SITE + "a", 1, "application/http; msgtype=request"),
    record("response", http(page("a"), HTML), SITE + "a", 2),
    record("response", http(chunks(bare("in chunks"), 20), HTML, "Transfer-Encoding: chunked"), SITE + "chunked", 3),
    record("response", http(gzip.compress(bare("by gzip")), HTML, "Content-Encoding: gzip"), SITE + "gzip", 4),
    record("response", http(chunks(gzip.compress(bare("by both")), 30), HTML, "Transfer-Encoding: chunked",
                            "Content-Encoding: gzip"), SITE + "both", 5),
    record("response", http(zlib.compress(bare("by deflate")), HTML, "Content-Encoding: deflate"), SITE + "deflate", 6),
    record("response", http(raw.compress(bare("barely")) + raw.flush(), HTML, "Content-Encoding: deflate"), SITE + "bare", 7),
    record("response", http(bare("unpacked by the crawler"), HTML, "Content-Encoding: gzip"), SITE + "undone", 8),
    record("response", http("<p>Der Präsident sprach in Österreich.".encode("latin-1"), "content-type: text/html;charset=\"iso-8859-1\""),
           "<" + SITE + "latin>", 9, WARC_Identified_Content_Language="deu,eng"),
    record("response", http(b"Japan spoke.", "Content-Type: text/plain"), SITE + "text", 10),
    record("response", http(b"\x89PNG", "Content-Type: image/png"), SITE + "picture", 11),
    record("response", http(bare("not here"), HTML, status="404 Not Found"), SITE + "gone", 12),
    record("response", http(b"", HTML, "Location: /a", status="301 Moved"), SITE + "moved", 13),
    record("revisit", http(b"", HTML), SITE + "a", 14),
    record("response", http(bare("again"), HTML), SITE + "a", 15),
    record("metadata", b"fetchTimeMs: 1\r\n", SITE + "a", 16, "application/warc-fields"),
    record("conversion", b"Titel\nFrance spoke.\n", SITE + "wet", 17, "text/plain", WARC_Identified_Content_Language="xyz"),
    record("resource", bare("as a file"), "file:///b.html", 18, "text/html"),
    record("response", http(gzip.compress(bare("cut"))[:40], HTML, "Content-Encoding: gzip"), SITE + "cut", 19),
    record("response", http(b"\x0b\x02\x80", HTML, "Content-Encoding: br"), SITE + "br", 20),
    record("response", b"no head", SITE + "none", 21),
    record("response", http(bare("last"), HTML), SITE + "last", 22),
]
if __name__ == "__main__":
    open(sys.argv[1], "wb").write(b"".join(records))
    open(sys.argv[1] + ".gz", "wb").write(b"".join(gzip.compress(r) for r in records))
