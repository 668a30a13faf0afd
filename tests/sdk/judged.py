"""What each client was made to do, counted: calls made, videos that came, refusals that came as they should."""

import atexit
import urllib.request

ROWS = {}


def count(client, what):
    """Counts one call of a client, which ended as `what`: "passed" or "refused"."""
    row = ROWS.setdefault(client, {"made": 0, "passed": 0, "refused": 0})
    row["made"] += 1
    row[what] += 1


def video(link):
    """Fetches what a client was told to be the video, and sees that it is one."""
    with urllib.request.urlopen(link, timeout=30) as answer:
        data = answer.read()
    assert data[4:8] == b"ftyp", data[:16]
    return data


def table():
    if ROWS:
        print(f"\n{'client':<16} {'calls made':>10} {'passed':>7} {'refused as documented':>22}")
    for client, row in ROWS.items():
        print(f"{client:<16} {row['made']:>10} {row['passed']:>7} {row['refused']:>22}")


atexit.register(table)
