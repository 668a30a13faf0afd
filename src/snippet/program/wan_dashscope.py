"""Makes a video, waits for it, and saves it.

Needs dashscope (pip install dashscope), and the key in the variable ⟦key⟧.
⟦?upload⟧
It uploads the local files that FILES names first: run it in their folder.
⟦/⟧
With a task's id it takes up that task, and creates none: python ⟦file name⟧ TASK_ID
"""

⟦?file⟧
import json
⟦/⟧
import os
import re
import sys
import time
from urllib.parse import quote

import dashscope
import requests
from dashscope import VideoSynthesis
⟦?upload⟧
from dashscope.utils.oss_utils import OssUtils
⟦/⟧

dashscope.api_key = os.environ.get("⟦key⟧") or sys.exit("⟦key⟧ has to hold the key.")
dashscope.base_http_api_url = ⟦base⟧
⟦?upload⟧
# The local files that the call names, and where each is.
FILES = {
⟦files⟧}
⟦/⟧


def fail_in_doubt(why):
    print("It may have been created and billed all the same: look before you run this again.", file=sys.stderr)
    sys.exit(f"No task: {why}")


class Once(requests.Session):
    """The library sends a call again whose connection broke; a create call may have been taken in by then."""

    def post(self, *args, **kwargs):
        try:
            return super().post(*args, **kwargs)
        except requests.RequestException as error:
            fail_in_doubt(error)


def output_of(told):
    return told.output if isinstance(told.output, dict) else {}


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


def explain(told):
    """What the gateway says is wrong."""
    output = output_of(told)
    code, message = output.get("⟦last code⟧") or told.code, output.get("⟦last message⟧") or told.message
    return f"HTTP {told.status_code} {code or ''} {message or ''}"


def create():
    """The id of a new task. This costs money: it is sent once."""
⟦?file⟧
    with open(⟦body file⟧, encoding="utf-8") as file:
        body = json.load(file)
⟦/⟧
⟦?upload⟧
    links = {mark: upload(path) for mark, path in FILES.items()}
⟦/⟧
    try:
        made = VideoSynthesis.async_call(
            session=Once(),
⟦?file⟧
            model=body["model"],⟦task⟧
            extra_input=body["input"],
            **body.get("parameters", {}),
⟦/⟧
⟦!file⟧
⟦arguments⟧
⟦/⟧
        )
    except Exception as error:  # What the library raises depends on what came.
        fail_in_doubt(error)
    task = output_of(made).get("⟦last id⟧")
    if task:
        return task
    if 400 <= made.status_code < 500 and made.status_code not in (408, 409, 425, 499):
        sys.exit(f"No task: {explain(made)}")
    fail_in_doubt(explain(made))


⟦?upload⟧
def upload(path):
    """The link of a local file, once it lies at the gateway. This costs nothing."""
    try:
        link, _ = OssUtils.upload(model=⟦upload model⟧, file_path=path, base_address=⟦upload base⟧)
    except Exception as error:  # What the library raises depends on what came.
        sys.exit(f"No upload of {path}: {error}")
    return link


⟦/⟧
def main():
    task = sys.argv[1] if len(sys.argv) > 1 else create()
    print("task", task, file=sys.stderr)
    file = "wan-" + re.sub(r"[^A-Za-z0-9_-]", "_", task) + ".mp4"
    pause, refused = ⟦first⟧, 0
    for _ in range(⟦polls⟧):
        time.sleep(pause)
        pause = ⟦interval⟧
        try:
            told = VideoSynthesis.fetch(quote(task, safe=""))
        except Exception as error:
            print(error, file=sys.stderr)
            continue
        retry_after = {name.lower(): value for name, value in (told.headers or {}).items()}.get("retry-after", "")
        pause = max(pause, min(int(retry_after), 3600) if retry_after.isdecimal() else 0)
        output = output_of(told)
        word = str(output.get("⟦last state⟧") or "").upper() if told.status_code == 200 else ""
        if word in {⟦failed⟧}:
            sys.exit(f"The task failed: {explain(told)}")
        link = pick({"output": output}, ⟦links⟧)
        if word in {⟦done⟧} and link and download(link, file):
            print(file)
            return
        print(word or explain(told), file=sys.stderr)
        if word in {⟦lost⟧} or (400 <= told.status_code < 500 and told.status_code not in (408, 425, 429)):
            refused += 1
            if refused == 3:
                break
        elif word:
            refused = 0
    sys.exit(f"Nothing is known of how the task ends. To ask again: python ⟦file name⟧ '{task}'")


def download(url, file):
    """Whether the video was saved."""
    try:
        with requests.get(url, stream=True, timeout=60) as response:
            response.raise_for_status()
            with open(file, "wb") as out:
                for part in response.iter_content(1 << 16):
                    out.write(part)
    except requests.RequestException as error:
        print(error, file=sys.stderr)
        return False
    return True


main()
