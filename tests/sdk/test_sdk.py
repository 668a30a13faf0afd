"""Clients that nobody here wrote, against the simulator: Alibaba's `dashscope` and OpenAI's `openai`.

Start the server (`cargo run --features server --bin server -- --port 0 --speed 20`), then

    pip install -r tests/sdk/requirements.txt
    WAN_SERVER=http://127.0.0.1:PORT python tests/sdk/test_sdk.py

`dashscope` is meant for this protocol and works in full: create, fetch, wait, cancel, list and the blocking call.

`openai` speaks a dialect that OPE.AI's `/v1/videos` only resembles. What agrees: the paths, the bearer key, `model`,
`prompt`, `seconds`, `size`, an uploaded `input_reference`, the fields of the answer, the binary content with its key,
and the error object. What does not:

* States. OPE.AI says QUEUED, IN_PROGRESS, SUCCESS, FAILURE (and three more); OpenAI says queued, in_progress,
  completed, failed. `videos.create_and_poll` therefore returns after its first look, with the video unfinished, and
  `videos.poll` does the same. One has to loop over `videos.retrieve` oneself.
* The picture. OPE.AI documents `input_reference = {"content": [{"type": "image_url", ...}]}`, which OpenAI's types do
  not know. It travels unharmed only as JSON, so `Content-Type: application/json` has to be set by hand; the client's
  own way is a form with a file, which OPE.AI does not document and the simulator takes.
* OpenAI's `{"image_url": ...}` and `{"file_id": ...}` as `input_reference` are refused. (Release 3.54.0 of the client
  cannot even send a dictionary by its own argument; through `extra_body` it can.)
* `remix`, `list`, `delete`, `edit`, `extend` and the `variant` of the download do not exist at OPE.AI.
* OpenAI has announced the end of its own video API; the client warns of that at each call, and the warnings are switched
  off below, because OPE.AI's entry is not OpenAI's.
* `progress`, `completed_at`, `expires_at` and `error` are absent from OPE.AI's answers and come out as None.
"""

import os
import struct
import tempfile
import time
import unittest
import zlib

import dashscope
import openai
from dashscope import VideoSynthesis
from dashscope.common.error import UploadFileException
from dashscope.utils.oss_utils import OssUtils

from judged import count, video as video_at

SERVER = os.environ.get("WAN_SERVER", "http://127.0.0.1:8080").rstrip("/")
KEY = "sk-canary-sdk"
PATIENCE_SECONDS = 60


def png(width, height):
    """A real, plain picture without an alpha channel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x20\x30\x60" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class DashScope(unittest.TestCase):
    """`dashscope.VideoSynthesis` against /sim/dashscope."""

    @classmethod
    def setUpClass(cls):
        dashscope.base_http_api_url = SERVER + "/sim/dashscope/api/v1"
        dashscope.api_key = KEY

    def test_create_fetch_and_wait(self):
        created = VideoSynthesis.async_call(
            model="wan2.5-t2v-preview", prompt="一只小猫在月光下奔跑", negative_prompt="低质量", size="1280*720", duration=5, seed=7
        )
        self.assertEqual((created.status_code, created.output.task_status), (200, "PENDING"), created)
        fetched = VideoSynthesis.fetch(created)
        self.assertIn(fetched.output.task_status, ("PENDING", "RUNNING"), fetched)
        done = VideoSynthesis.wait(created)
        self.assertEqual((done.status_code, done.output.task_status), (200, "SUCCEEDED"), done)
        self.assertIn("/sim/files/", done.output.video_url)
        self.assertEqual(done.usage["SR"], 720)
        video_at(done.output.video_url)
        count("dashscope", "passed")

    def test_the_blocking_call_returns_the_finished_task(self):
        done = VideoSynthesis.call(model="wan2.6-t2v", prompt="海边日出", size="1088*832", duration=2, shot_type="multi", prompt_extend=True)
        self.assertEqual((done.status_code, done.output.task_status), (200, "SUCCEEDED"), done)
        self.assertEqual(done.usage["duration"], 2)

    def test_every_way_to_give_a_picture(self):
        link = "https://example.com/a.png"
        rows = [
            dict(model="wan2.2-i2v-flash", prompt="转头", img_url=link, resolution="480P"),
            dict(model="wan2.2-kf2v-flash", prompt="夜晚", first_frame_url=link, last_frame_url=link, resolution="720P"),
            dict(model="wan2.7-i2v", media=[{"type": "first_frame", "url": link}], resolution="720P", duration=3),
            dict(model="wan2.7-t2v", prompt="海", ratio="9:16", resolution="720P"),
            dict(model="wan2.6-r2v", prompt="character1 弹吉他", reference_urls=["https://example.com/a.mp4"], size="1280*720"),
            dict(model="wan2.2-s2v", task="image2video", extra_input={"image_url": link, "audio_url": "https://example.com/a.mp3"}, resolution="480P"),
        ]
        for row in rows:
            with self.subTest(row["model"]):
                created = VideoSynthesis.async_call(**row)
                self.assertEqual(created.status_code, 200, created)
                done = VideoSynthesis.wait(created)
                self.assertEqual(done.output.task_status, "SUCCEEDED", done)
                video_at(done.output.get("video_url") or done.output["results"]["video_url"])
                count("dashscope", "passed")

    def test_a_stored_file_where_the_library_does_not_look(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "face.png")
            with open(path, "wb") as file:
                file.write(png(640, 640))
            link, _ = OssUtils.upload(model="wan2.2-i2v-flash", file_path=path)
            portrait, _ = OssUtils.upload(model="wan2.2-s2v", file_path=path)
        created = VideoSynthesis.async_call(model="wan2.2-i2v-flash", prompt="转头", img_url=link)
        self.assertEqual(created.status_code, 200, "the library says the header itself")
        stored = dict(model="wan2.2-s2v", task="image2video", extra_input={"image_url": portrait, "audio_url": "https://example.com/a.mp3"})
        self.assertEqual(VideoSynthesis.async_call(**stored).status_code, 400)
        # As the printed program has it.
        created = VideoSynthesis.async_call(**stored, headers={"X-DashScope-OssResourceResolve": "enable"})
        self.assertEqual(created.status_code, 200, created)

    def test_files_of_this_machine_are_uploaded_by_the_library(self):
        with tempfile.TemporaryDirectory() as folder:
            picture = os.path.join(folder, "开 始.png")
            with open(picture, "wb") as file:
                file.write(png(640, 640))
            sound = os.path.join(folder, "voice.mp3")
            with open(sound, "wb") as file:
                file.write(b"ID3" + b"\0" * 1000)
            rows = [
                dict(model="wan2.6-i2v", prompt="转头", img_url="file://" + picture, audio_url=sound),
                dict(model="wan2.2-kf2v-flash", prompt="夜晚", first_frame_url=picture, resolution="720P"),
                dict(model="wan2.7-i2v", media=[{"type": "first_frame", "url": "file://" + picture}], resolution="720P", duration=3),
            ]
            for row in rows:
                with self.subTest(row["model"]):
                    created = VideoSynthesis.async_call(**row)
                    self.assertEqual(created.status_code, 200, created)
                    count("dashscope", "passed")
            with self.assertRaises(UploadFileException):
                OssUtils.upload(model="wan9", file_path=picture)
            # A name that is there already is refused, with the certificate of the first file as without.
            _, certificate = OssUtils.upload(model="wan2.6-i2v", file_path=picture)
            with self.assertRaisesRegex(UploadFileException, "FileAlreadyExists"):
                OssUtils.upload(model="wan2.6-i2v", file_path=picture, upload_certificate=certificate)

    def test_cancel_while_pending_and_too_late(self):
        # Slow tasks are queued five times as long, so that a fast server leaves time to cancel.
        created = VideoSynthesis.async_call(model="wan2.5-t2v-preview", prompt="sim:slow")
        canceled = VideoSynthesis.cancel(created)
        self.assertEqual(canceled.status_code, 200, canceled)
        self.assertEqual(VideoSynthesis.fetch(created).output.task_status, "CANCELED")
        again = VideoSynthesis.cancel(created)
        self.assertEqual((again.status_code, again.code), (400, "UnsupportedOperation"), again)

    def test_list_shows_the_tasks(self):
        VideoSynthesis.async_call(model="wan2.5-t2v-preview", prompt="x")
        listed = VideoSynthesis.list(page_size=3)
        self.assertEqual(listed.status_code, 200, listed)

    def test_failures_are_told(self):
        failed = VideoSynthesis.call(model="wan2.5-t2v-preview", prompt="sim:moderation")
        self.assertEqual((failed.output.task_status, failed.output.code), ("FAILED", "DataInspectionFailed"), failed)
        refused = VideoSynthesis.async_call(model="wan2.5-t2v-preview", prompt="x", duration=7)
        self.assertEqual((refused.status_code, refused.code), (400, "InvalidParameter"), refused)
        for key in ("sk-canary-invalid", "bad key"):
            keyless = VideoSynthesis.async_call(model="wan2.5-t2v-preview", prompt="x", api_key=key)
            self.assertEqual((keyless.status_code, keyless.code), (401, "InvalidApiKey"), keyless)
            count("dashscope", "refused")
        count("dashscope", "refused")


class OpenAI(unittest.TestCase):
    """`openai.OpenAI().videos` against /sim/ope, as far as the two dialects agree."""

    @classmethod
    def setUpClass(cls):
        cls.client = openai.OpenAI(base_url=SERVER + "/sim/ope/v1", api_key=KEY, max_retries=0)

    def create_as_json(self, prompt="走两步"):
        picture = {"type": "image_url", "role": "first_frame", "image_url": {"url": "https://example.com/a.png"}}
        return self.client.videos.create(
            model="wan2.7-i2v",
            prompt=prompt,
            seconds="4",
            size="1280x720",
            extra_body={"input_reference": {"content": [picture]}},
            extra_headers={"Content-Type": "application/json"},
        )

    def finish(self, video):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            video = self.client.videos.retrieve(video.id)
            if video.status in ("SUCCESS", "FAILURE", "UNKNOWN"):
                return video
            time.sleep(0.2)
        self.fail(f"still {video.status} after {PATIENCE_SECONDS} s")

    def test_create_as_json_retrieve_and_download(self):
        video = self.create_as_json()
        self.assertEqual((video.object, video.status, video.seconds, video.size), ("video", "QUEUED", "4", "1280x720"))
        with self.assertRaises(openai.BadRequestError) as early:
            self.client.videos.download_content(video.id)
        self.assertIn("not completed", early.exception.message)
        done = self.finish(video)
        self.assertEqual((done.status, done.prompt), ("SUCCESS", "走两步"))
        data = self.client.videos.download_content(video.id).read()
        self.assertEqual(data[4:8], b"ftyp")
        count("openai", "passed")

    def test_create_with_an_uploaded_picture(self):
        video = self.client.videos.create(
            model="wan2.7-i2v", prompt="走两步", seconds="4", size="720x1280", input_reference=("a.png", png(720, 1280), "image/png")
        )
        self.assertEqual(self.finish(video).status, "SUCCESS")
        self.assertGreater(len(self.client.videos.download_content(video.id).read()), 10_000)
        count("openai", "passed")

    def test_polling_of_the_client_stops_too_early(self):
        video = self.create_as_json()
        polled = self.client.videos.poll(video.id)
        self.assertNotEqual(polled.status, "completed")

    def test_failures_are_told(self):
        self.assertEqual(self.finish(self.create_as_json("sim:moderation")).status, "FAILURE")
        with self.assertRaises(openai.NotFoundError) as lost:
            self.client.videos.retrieve("nobody")
        self.assertEqual(lost.exception.code, "ResourceNotFound")
        with self.assertRaises(openai.AuthenticationError):
            self.client.with_options(api_key="sk-canary-invalid").videos.retrieve("nobody")
        with self.assertRaises(openai.AuthenticationError):
            self.client.with_options(api_key="bad key").videos.retrieve("nobody")
        with self.assertRaises(openai.RateLimitError):
            self.create_as_json("sim:throttled-create")
        for _ in range(4):
            count("openai", "refused")

    def test_what_the_dialects_do_not_share_is_refused(self):
        with self.assertRaises(openai.BadRequestError):
            self.client.videos.create(
                model="wan2.7-i2v", prompt="x", extra_body={"input_reference": {"image_url": "https://example.com/a.png"}}
            )
        with self.assertRaises(openai.NotFoundError):
            self.client.videos.list()


if __name__ == "__main__":
    unittest.main(warnings="ignore")
