"""Makes a video, waits for it, and saves it.

Needs openai (pip install openai), and the key in the variable ⟦key⟧.
With a task's id it takes up that task, and creates none: python ⟦file name⟧ TASK_ID
"""

⟦?file⟧
import json
⟦/⟧
import os
import re
import sys
import time
import warnings

import openai

# OpenAI has announced the end of its own video API; this is not its own.
warnings.simplefilter("ignore", DeprecationWarning)

KEY = os.environ.get("⟦key⟧") or sys.exit("⟦key⟧ has to hold the key.")
# The library would send a create call again that went wrong, and each can cost money.
client = openai.OpenAI(api_key=KEY, base_url=⟦base⟧, max_retries=0)


def create():
    """The id of a new task. This costs money: it is sent once."""
⟦?file⟧
    with open(⟦body file⟧, encoding="utf-8") as file:
        body = json.load(file)
⟦/⟧
    try:
        video = client.videos.create(
⟦?file⟧
            **{name: body.pop(name) for name in ("model", "prompt", "seconds", "size") if name in body},
            extra_body=body,
⟦/⟧
⟦!file⟧
⟦arguments⟧
⟦/⟧
            extra_headers={⟦headers⟧
            },
            timeout=600,
        )
    except openai.APIStatusError as error:
        if error.status_code < 500 and error.status_code not in (408, 409, 425, 499):
            sys.exit(f"No task: HTTP {error.status_code} {error}")
        fail_in_doubt(f"HTTP {error.status_code} {error}")
    except openai.OpenAIError as error:
        fail_in_doubt(error)
    return getattr(video, "⟦last id⟧", None) or fail_in_doubt(f"HTTP 200 {video!s:.300}")


def fail_in_doubt(why):
    print("It may have been created and billed all the same: look before you run this again.", file=sys.stderr)
    sys.exit(f"No task: {why}")


def main():
    task = sys.argv[1] if len(sys.argv) > 1 else create()
    print("task", task, file=sys.stderr)
    file = "wan-" + re.sub(r"[^A-Za-z0-9_-]", "_", task) + ".mp4"
    pause, refused = ⟦first⟧, 0
    for _ in range(⟦polls⟧):
        time.sleep(pause)
        pause = ⟦interval⟧
        # The library's own waiting knows the words of OpenAI only, and would end at once.
        try:
            video = client.videos.retrieve(task, timeout=60)
            word = str(getattr(video, "⟦last state⟧", "")).upper()
            if word in {⟦failed⟧}:
                sys.exit(f"The task failed: {video}")
            if word in {⟦done⟧}:
                client.videos.download_content(task, timeout=600).write_to_file(file)
                print(file)
                return
            print(word or f"{video!s:.300}", file=sys.stderr)
            refused = refused + 1 if word in {⟦lost⟧} else 0
        except openai.APIStatusError as error:
            print(f"HTTP {error.status_code} {error}", file=sys.stderr)
            retry_after = error.response.headers.get("retry-after", "")
            pause = max(pause, min(int(retry_after), 3600) if retry_after.isdecimal() else 0)
            if error.status_code < 500 and error.status_code not in (408, 425, 429):
                refused += 1
        except (openai.OpenAIError, ValueError) as error:
            print(error, file=sys.stderr)
        if refused == 3:
            break
    sys.exit(f"Nothing is known of how the task ends. To ask again: python ⟦file name⟧ '{task}'")


main()
