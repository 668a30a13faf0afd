// The alibaba video model of the AI SDK (`@ai-sdk/alibaba` with `ai`) against /sim/dashscope: create, poll, and the video's
// own bytes, which `ai` fetches itself. The provider takes another base address by its option `videoBaseURL`.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createAlibaba } from "@ai-sdk/alibaba";
import { experimental_generateVideo as generateVideo } from "ai";

const SERVER = (process.env.WAN_SERVER ?? "http://127.0.0.1:8080").replace(/\/+$/, "");
const PICTURE = "https://example.com/a.png";
const FILM = "https://example.com/a.mp4";

globalThis.AI_SDK_LOG_WARNINGS = false;
const row = { made: 0, passed: 0, refused: 0 };
const count = (what) => {
  row.made += 1;
  row[what] += 1;
};
after(() => {
  console.log(`client           calls made  passed  refused as documented`);
  console.log(`@ai-sdk/alibaba  ${String(row.made).padStart(10)} ${String(row.passed).padStart(7)} ${String(row.refused).padStart(22)}`);
});

function generate(id, { key = "sk-canary-ai", alibaba = {}, ...more } = {}) {
  // `ai` fetches a link only from the wider net; the simulator's video lies on this machine.
  const download = async ({ url }) => {
    const answer = await fetch(url);
    return { data: new Uint8Array(await answer.arrayBuffer()), mediaType: "video/mp4" };
  };
  return generateVideo({
    model: createAlibaba({ apiKey: key, videoBaseURL: `${SERVER}/sim/dashscope` }).video(id),
    prompt: "海边日出",
    maxRetries: 0,
    download,
    providerOptions: { alibaba: { pollIntervalMs: 200, pollTimeoutMs: 60_000, ...alibaba } },
    ...more,
  });
}

const MODELS = {
  "wan2.5-t2v-preview": { resolution: "1280x720", duration: 5, seed: 7 },
  "wan2.6-t2v": { resolution: "1280x720", duration: 5, alibaba: { shotType: "multi", promptExtend: true } },
  "wan2.7-t2v": { resolution: "1280x720", aspectRatio: "9:16" },
  "wan2.7-t2v-2026-06-12": { duration: 3, alibaba: { negativePrompt: "低质量" } },
  "wan2.6-i2v": { prompt: { text: "转头", image: PICTURE }, resolution: "1280x720" },
  "wan2.6-i2v-flash": { prompt: { text: "转头", image: PICTURE }, alibaba: { audio: false } },
  "wan2.6-r2v": { alibaba: { referenceUrls: [FILM] } },
  "wan2.6-r2v-flash": { alibaba: { referenceUrls: [FILM], audio: false } },
  "wan2.7-r2v": { alibaba: { media: [{ type: "reference_image", url: PICTURE }], ratio: "16:9" } },
  "wan2.7-r2v-2026-06-12": { alibaba: { media: [{ type: "reference_video", url: FILM }] } },
  "wan3.0-video": { duration: 6, alibaba: { media: [{ type: "first_frame", url: PICTURE }], audio: true } },
};

for (const [id, more] of Object.entries(MODELS)) {
  test(`${id} to its video`, async () => {
    const { video, providerMetadata } = await generate(id, more);
    assert.equal(Buffer.from(video.uint8Array.slice(4, 8)).toString(), "ftyp");
    assert.ok(JSON.stringify(providerMetadata).includes("/sim/files/"));
    count("passed");
  });
}

const REFUSALS = [
  ["a bad key", { key: "bad key" }, 401, "InvalidApiKey"],
  ["a length that the model does not make", { duration: 7 }, 400, "InvalidParameter"],
  ["a size that is none", { resolution: "100x100" }, 400, "InvalidParameter"],
];

for (const [name, more, status, code] of REFUSALS) {
  test(`${name} is refused`, async () => {
    await assert.rejects(generate("wan2.5-t2v-preview", more), (error) => {
      assert.deepEqual([error.statusCode, error.data?.code ?? JSON.parse(error.responseBody).code], [status, code]);
      return true;
    });
    count("refused");
  });
}

test("a task that fails is told with the gateway's words", async () => {
  await assert.rejects(generate("wan2.5-t2v-preview", { prompt: "sim:moderation" }), /Video generation failed/);
  count("refused");
});
