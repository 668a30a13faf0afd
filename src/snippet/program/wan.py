"""Makes a video, waits for it, and saves it.

Needs requests (pip install requests), and the key in the variable ⟦key⟧.
⟦?upload⟧
It uploads the local files that FILES names first: run it in their folder.
⟦/⟧
With a task's id it takes up that task, and creates none: python ⟦file name⟧ TASK_ID
"""

import os
import re
import sys
import time
from urllib.parse import quote

import requests

KEY = os.environ.get("⟦key⟧") or sys.exit("⟦key⟧ has to hold the key.")
⟦!file⟧
BODY = ⟦body⟧
⟦/⟧
⟦?upload⟧
# The local files that BODY names: where each is, the name it gets at the gateway, and its media type.
FILES = {
⟦files⟧}
⟦/⟧


def call(method, url, headers=None, timeout=None, **body):
    """The HTTP status, the answer as far as it is JSON, and the seconds of Retry-After. The status is 0 where none came."""
    headers = {"Authorization": f"Bearer {KEY}", **(headers or {})}
    try:
        response = requests.request(method, url, headers=headers, timeout=timeout, allow_redirects=False, **body)
    except requests.RequestException as error:
        return 0, str(error), 0
    try:
        answer = response.json()
    except ValueError:
        answer = response.text
    retry_after = response.headers.get("Retry-After", "")
    return response.status_code, answer, min(int(retry_after), 3600) if retry_after.isdecimal() else 0


def pick(answer, *places):
    """The first of these places at which the answer has something."""
    for place in places:
        found = answer
        try:
            for name in place.split("."):
                found = found[int(name) if name.isdecimal() else name]
        except (LookupError, TypeError):
            continue
        if found not in (None, ""):
            return found
    return None


def explain(status, answer):
    """What the gateway says is wrong."""
    code = pick(answer, ⟦code⟧)
    message = pick(answer, ⟦message⟧)
    return f"HTTP {status} {code or ''} {message or ('' if code else str(answer)[:300])}"


def create():
    """The id of a new task. This costs money: it is sent once."""
    headers = {⟦headers⟧
    }
⟦?plain⟧
    status, answer, _ = call("POST", ⟦url⟧, headers, json=BODY)
⟦/⟧
⟦?upload⟧
    links = {mark: upload(*file) for mark, file in FILES.items()}
    status, answer, _ = call("POST", ⟦url⟧, headers, json=linked(BODY, links))
⟦/⟧
⟦?file⟧
    with open(⟦body file⟧, "rb") as file:
        status, answer, _ = call("POST", ⟦url⟧, headers, data=file.read())
⟦/⟧
    task = pick(answer, ⟦id⟧)
    if task:
        return str(task)
    if not 400 <= status < 500 or status in (408, 409, 425, 499):
        print("It may have been created and billed all the same: look before you run this again.", file=sys.stderr)
    sys.exit(f"No task: {explain(status, answer)}")


⟦?upload⟧
def linked(value, links):
    """The body with links in place of local files."""
    if isinstance(value, dict):
        return {name: linked(item, links) for name, item in value.items()}
    if isinstance(value, list):
        return [linked(item, links) for item in value]
    return links.get(value, value) if isinstance(value, str) else value


def upload(path, name, media_type):
    """The link of a local file, once it lies at the gateway. This costs nothing."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        sys.exit(f"No upload: {error}")
⟦/⟧
⟦?policy⟧
    status, answer, _ = call("GET", ⟦upload url⟧, timeout=60)
    policy = pick(answer, ⟦wraps⟧) or answer
    store, folder = pick(policy, "upload_host"), pick(policy, "upload_dir")
    if not store or not folder:
        sys.exit(f"No upload of {path}: {explain(status, answer)}")
    key = folder.rstrip("/") + "/" + name

    def given(member, otherwise):
        found = pick(policy, member)
        return "true" if found is True else found or otherwise

    form = {⟦parts⟧
    }
    # The store takes the policy in place of the key.
    store = store if "://" in store else "https://" + store
    try:
        files = {"file": (name, content, media_type)}
        response = requests.post(store, data=form, files=files, timeout=600, allow_redirects=False)
    except requests.RequestException as error:
        sys.exit(f"No upload of {path}: {error}")
    if response.status_code not in (200, 201, 204):
        sys.exit(f"No upload of {path}: HTTP {response.status_code} {response.text[:300]}")
    return "oss://" + key


⟦/⟧
⟦?undocumented⟧
    # No public document of the gateway describes this call.
⟦/⟧
⟦?form⟧
    form = {⟦parts⟧
    }
    files = {"file": (name, content, media_type)}
    status, answer, _ = call("POST", ⟦upload url⟧, timeout=600, data=form, files=files)
    link = pick(answer, ⟦answer⟧)
    if not str(link).startswith("https://"):
        sys.exit(f"No upload of {path}: {explain(status, answer)}")
    return link


⟦/⟧
def ask(task):
⟦!post⟧
    return call("GET", ⟦query⟧, timeout=60)
⟦/⟧
⟦?post⟧
    headers = {⟦query headers⟧
    }
    return call("POST", ⟦query⟧, headers, timeout=60, json=⟦ask⟧)
⟦/⟧


def download(url, file, headers=None):
    """Whether the video was saved."""
    try:
        with requests.get(url, headers=headers, stream=True, timeout=60) as response:
            response.raise_for_status()
            with open(file, "wb") as out:
                for part in response.iter_content(1 << 16):
                    out.write(part)
    except requests.RequestException as error:
        print(error, file=sys.stderr)
        return False
    return True


def main():
    task = sys.argv[1] if len(sys.argv) > 1 else create()
    print("task", task, file=sys.stderr)
    file = "wan-" + re.sub(r"[^A-Za-z0-9_-]", "_", task) + ".mp4"
    pause, refused = ⟦first⟧, 0
    for _ in range(⟦polls⟧):
        time.sleep(pause)
        status, answer, retry_after = ask(task)
        pause = max(⟦interval⟧, retry_after)
        state = pick(answer, ⟦state⟧) if 200 <= status < 300 else None
        word = "" if state is None else str(state).upper()
⟦?trouble⟧
        # An attempt that failed is not the end where the gateway goes on.
        attempt = pick(answer, ⟦attempt⟧) or word in {⟦failed⟧, ⟦late⟧}
        ended = attempt and word not in {⟦done⟧} and pick(answer, ⟦ended⟧)
        if isinstance(answer, dict) and answer.get(⟦ended⟧, 0) is None:
            word += " (unfinished)"
        elif word not in {⟦running⟧} and (ended or pick(answer, ⟦trouble⟧)):
            word = "FAILED"
        if attempt and word not in {⟦failed⟧, ⟦done⟧}:
            print("An attempt failed, and the gateway goes on:", explain(status, answer), file=sys.stderr)
⟦/⟧
        if word in {⟦failed⟧}:
            sys.exit(f"The task failed: {explain(status, answer)}")
        if word in {⟦done⟧}:
⟦?link⟧
            link = pick(answer, ⟦links⟧)
            if link and download(link, file):
⟦/⟧
⟦!link⟧
            url = ⟦content⟧
            if download(url, file, {"Authorization": f"Bearer {KEY}"}):
⟦/⟧
                print(file)
                return
        print(word or explain(status, answer), file=sys.stderr)
        if word in {⟦lost⟧} or (400 <= status < 500 and status not in (408, 425, 429)):
            refused += 1
            if refused == 3:
                break
        elif word:
            refused = 0
    sys.exit(f"Nothing is known of how the task ends. To ask again: python ⟦file name⟧ '{task}'")


main()
