"""AceDataCloud's own clients against /sim/acedata: its SDK, its command line and its MCP server.

All three take another base address by an option or a variable; nothing of them is replaced. What to know:

* The SDK's `wait` takes the picture's link within `request` for the video while a record has no `response` yet, and
  returns too early. One has to ask on by `tasks.get`.
* The command line breaks its JSON at the terminal's width, in the middle of texts.
* `wan wait` looks for a state word at the top of a task's record, where the documented record has none (it stands in
  `response`), so it would wait until its own limit. The command line is asked by `wan task` here.
* `mcp-wan` asks for reference videos only together with a picture.
"""

import asyncio
import json
import os
import pathlib
import subprocess
import sys
import time
import unittest

import acedatacloud
from acedatacloud import AceDataCloud
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from judged import count, video

SERVER = os.environ.get("WAN_SERVER", "http://127.0.0.1:8080").rstrip("/")
BASE = SERVER + "/sim/acedata"
KEY = "sk-canary-ace"
PATIENCE_SECONDS = 60
PICTURE = "https://example.com/a.png"
FILM = "https://example.com/a.mp4"

# What each model needs besides the prompt.
MODELS = {
    "wan2.6-t2v": {},
    "wan2.6-i2v": {"image_url": PICTURE},
    "wan2.6-i2v-flash": {"image_url": PICTURE},
    "wan2.6-r2v": {"reference_video_urls": [FILM]},
    "wan3.0-video": {"media": [{"type": "reference_image", "url": PICTURE}]},
}


def environment(key=KEY):
    return {**os.environ, "ACEDATACLOUD_API_BASE_URL": BASE, "ACEDATACLOUD_API_TOKEN": key, "LOG_LEVEL": "ERROR", "COLUMNS": "10000"}


class Sdk(unittest.TestCase):
    """`acedatacloud`, which always says action, audio, prompt_extend and watermark."""

    def client(self, key=KEY):
        client = AceDataCloud(api_token=key, base_url=BASE, max_retries=0)
        self.addCleanup(client.close)
        return client

    def test_every_model_to_its_video(self):
        for model, needs in MODELS.items():
            action = "image2video" if "i2v" in model else None
            with self.subTest(model):
                handle = self.client().wan.generate(model=model, prompt="海边日出", action=action, **needs)
                done = handle.wait(poll_interval=0.2, max_wait=PATIENCE_SECONDS)
                deadline = time.monotonic() + PATIENCE_SECONDS
                while "video_url" not in done.get("response", {}) and time.monotonic() < deadline:
                    time.sleep(0.2)
                    done = self.client().tasks.get(handle.id, service="wan")
                video(done["response"]["video_url"])
                count("acedatacloud", "passed")

    def test_refusals_are_what_the_gateway_says(self):
        rows = [
            ("bad key", acedatacloud.AuthenticationError, 401, "invalid_token", {}),
            (KEY, acedatacloud.ValidationError, 400, "bad_request", {"duration": 31}),
            (KEY, acedatacloud.ValidationError, 400, "bad_request", {"image_url": "a.png"}),
            (KEY, acedatacloud.RateLimitError, 429, "too_many_requests", {"prompt": "sim:throttled-create"}),
        ]
        for key, kind, status, code, changes in rows:
            with self.subTest(code=code, changes=changes):
                with self.assertRaises(kind) as refused:
                    self.client(key).wan.generate(**{"model": "wan2.6-t2v", "prompt": "x", **changes})
                self.assertEqual((refused.exception.status_code, refused.exception.code), (status, code))
                count("acedatacloud", "refused")


class Cli(unittest.TestCase):
    """`wan`, the command line."""

    def wan(self, *words, key=KEY):
        program = pathlib.Path(sys.executable).with_name("wan")
        return subprocess.run([program, *words], env=environment(key), capture_output=True, text=True, timeout=PATIENCE_SECONDS)

    def test_every_model_to_its_video(self):
        for model, needs in MODELS.items():
            with self.subTest(model):
                words = ["generate"]
                if "image_url" in needs:
                    words = ["image-to-video", "--image-url", PICTURE]
                if "reference_video_urls" in needs:
                    words += ["--reference-video-urls", FILM]
                if "media" in needs:
                    words += ["--media", f"reference_image={PICTURE}"]
                made = self.wan(*words, "海边日出", "--model", model, "--async", "--json")
                self.assertEqual(made.returncode, 0, made)
                id = json.loads(made.stdout)["task_id"]
                deadline = time.monotonic() + PATIENCE_SECONDS
                link = None
                while link is None and time.monotonic() < deadline:
                    asked = self.wan("task", id, "--json")
                    self.assertEqual(asked.returncode, 0, asked)
                    link = json.loads(asked.stdout).get("response", {}).get("video_url")
                video(link)
                count("wan-cli", "passed")

    def test_refusals_are_what_the_gateway_says(self):
        rows = [
            ("bad key", ["generate", "x", "--async"], "Invalid API token"),
            (KEY, ["generate", "x", "--async", "--size", "1280x720"], "bad_request"),
            (KEY, ["image-to-video", "x", "--async", "--image-url", "a.png"], "image_url"),
            (KEY, ["task", "nobody"], "not_found"),
        ]
        for key, words, told in rows:
            with self.subTest(words=words):
                refused = self.wan(*words, key=key)
                self.assertEqual(refused.returncode, 1, refused)
                self.assertIn(told, refused.stdout + refused.stderr)
                count("wan-cli", "refused")


class Mcp(unittest.TestCase):
    """`mcp-wan`, spoken to over its standard input and output."""

    def talk(self, work, key=KEY):
        program = str(pathlib.Path(sys.executable).with_name("mcp-wan"))

        async def session():
            with open(os.devnull, "w") as silence:
                parameters = StdioServerParameters(command=program, env=environment(key))
                async with stdio_client(parameters, errlog=silence) as (read, write):
                    async with ClientSession(read, write) as client:
                        await client.initialize()
                        return await work(client)

        return asyncio.run(asyncio.wait_for(session(), 4 * PATIENCE_SECONDS))

    @staticmethod
    def told(result):
        return "".join(part.text for part in result.content)

    def test_every_model_to_its_video(self):
        calls = {
            "wan2.6-t2v": ("wan_generate_video", {}),
            "wan2.6-i2v": ("wan_generate_video_from_image", {"image_url": PICTURE}),
            "wan2.6-i2v-flash": ("wan_generate_video_from_image", {"image_url": PICTURE}),
            "wan2.6-r2v": ("wan_generate_video_from_image", {"image_url": PICTURE, "reference_video_urls": [FILM]}),
            "wan3.0-video": ("wan_generate_video", {}),
            None: ("wan_generate_video_all_in_one", {"media": [{"type": "first_frame", "url": PICTURE}]}),
        }

        async def work(client):
            links = []
            for model, (tool, words) in calls.items():
                words = {**words, "prompt": "海边日出", **({"model": model} if model else {})}
                made = json.loads(self.told(await client.call_tool(tool, words)))
                # Asked of a task that is not done, the server sleeps five seconds by itself.
                await asyncio.sleep(2)
                deadline = time.monotonic() + PATIENCE_SECONDS
                link = None
                while link is None and time.monotonic() < deadline:
                    asked = json.loads(self.told(await client.call_tool("wan_get_task", {"task_id": made["task_id"]})))
                    link = asked.get("response", {}).get("video_url")
                links.append(link)
            return links

        for link in self.talk(work):
            video(link)
            count("mcp-wan", "passed")

    def test_refusals_are_what_the_gateway_says(self):
        def asked(tool, words):
            async def work(client):
                return await client.call_tool(tool, words)

            return work

        rows = [
            ("bad key", "wan_generate_video", {"prompt": "x"}, "invalid or missing authorization token"),
            (KEY, "wan_generate_video", {"prompt": "x", "size": "1280x720"}, "size"),
            (KEY, "wan_generate_video_from_image", {"prompt": "x", "image_url": "a.png"}, "image_url"),
        ]
        for key, tool, words, told in rows:
            with self.subTest(words=words):
                refused = self.talk(asked(tool, words), key)
                self.assertTrue(refused.isError, refused)
                self.assertIn(told, self.told(refused))
                count("mcp-wan", "refused")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
