// Makes a video, waits for it, and saves it. Needs Node 18 or newer, and the key in the variable ⟦key⟧.
⟦?upload⟧
// It uploads the local files that are named below first: run it in their folder.
⟦/⟧
// With a task's id it takes up that task, and creates none: node ⟦file name⟧ TASK_ID

import { ⟦?file⟧readFile, ⟦/⟧⟦?upload⟧readFile, ⟦/⟧writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const key = process.env.⟦key⟧;
if (!key) stop("⟦key⟧ has to hold the key.");

⟦!file⟧
const body = ⟦body⟧;

⟦/⟧
⟦?upload⟧
// The local files that the body names: where each is, the name it gets at the gateway, and its media type.
const files = {
⟦files⟧};

⟦/⟧
function stop(why) {
  console.error(why);
  process.exit(1);
}

/** The HTTP status, the answer as far as it is JSON, and the seconds of Retry-After. The status is 0 where none came. */
async function call(url, options) {
  const headers = { Authorization: `Bearer ${key}`, ...options?.headers };
  try {
    const response = await fetch(url, { redirect: "manual", ...options, headers });
    const text = await response.text();
    const retryAfter = Math.min(Number(response.headers.get("retry-after")) || 0, 3600);
    try {
      return { status: response.status, answer: JSON.parse(text), retryAfter };
    } catch {
      return { status: response.status, answer: text, retryAfter };
    }
  } catch (error) {
    return { status: 0, answer: String(error.cause ?? error), retryAfter: 0 };
  }
}

/** The first of these places at which the answer has something. */
function pick(answer, ...places) {
  const found = places.map((place) => place.split(".").reduce((value, name) => value?.[name], answer));
  return found.find((value) => value !== undefined && value !== null && value !== "");
}

/** What the gateway says is wrong. */
function explain({ status, answer }) {
  const told = [pick(answer, ⟦code⟧), pick(answer, ⟦message⟧)].filter(Boolean);
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return ["HTTP", status, ...(told.length ? told : [text.slice(0, 300)])].join(" ");
}

/** The id of a new task. This costs money: it is sent once. */
async function create() {
⟦?upload⟧
  const links = {};
  for (const [mark, file] of Object.entries(files)) links[mark] = await upload(...file);
⟦/⟧
  const made = await call(⟦url⟧, {
    method: "POST",
    headers: {⟦headers⟧
    },
⟦?file⟧
    body: await readFile(⟦body file⟧),
⟦/⟧
⟦?plain⟧
    body: JSON.stringify(body),
⟦/⟧
⟦?upload⟧
    body: JSON.stringify(body, (_, value) => (Object.hasOwn(links, value) ? links[value] : value)),
⟦/⟧
  });
  const task = pick(made.answer, ⟦id⟧);
  if (task) return String(task);
  if (made.status < 400 || made.status >= 500 || [408, 409, 425, 499].includes(made.status)) {
    console.error("It may have been created and billed all the same: look before you run this again.");
  }
  stop(`No task: ${explain(made)}`);
}

⟦?upload⟧
/** The link of a local file, once it lies at the gateway. This costs nothing. */
async function upload(path, name, type) {
  const bytes = await readFile(path).catch((error) => stop(`No upload: ${error.message}`));
⟦uploading⟧}

⟦/⟧
function ask(task) {
  const signal = AbortSignal.timeout(60_000);
⟦!post⟧
  return call(⟦query⟧, { signal });
⟦/⟧
⟦?post⟧
  return call(⟦query⟧, {
    method: "POST",
    headers: {⟦query headers⟧
    },
    body: JSON.stringify(⟦ask⟧),
    signal,
  });
⟦/⟧
}

/** Whether the video was saved. */
async function download(url, file, headers) {
  try {
    const response = await fetch(url, { headers });
    if (!response.ok) throw new Error(`The video: HTTP ${response.status}`);
    await writeFile(file, response.body);
    return true;
  } catch (error) {
    console.error(String(error.cause ?? error));
    return false;
  }
}

const task = process.argv[2] ?? (await create());
console.error(`task ${task}`);
const file = `wan-${task.replace(/[^\w-]/g, "_")}.mp4`;
let pause = ⟦first⟧;
let refused = 0;
for (let polls = 0; polls < ⟦polls⟧ && refused < 3; polls++) {
  await sleep(pause * 1000);
  const told = await ask(task);
  const { status, answer } = told;
  pause = Math.max(⟦interval⟧, told.retryAfter);
  ⟦?trouble⟧let⟦/⟧⟦!trouble⟧const⟦/⟧ word = status >= 200 && status < 300 ? String(pick(answer, ⟦state⟧) ?? "").toUpperCase() : "";
⟦?trouble⟧
  // An attempt that failed is not the end where the gateway goes on.
  const attempt = pick(answer, ⟦attempt⟧) || [⟦failed⟧, ⟦late⟧].includes(word);
  const ended = attempt && ![⟦done⟧].includes(word) && pick(answer, ⟦ended⟧);
  if (answer?.⟦ended name⟧ === null) word += " (unfinished)";
  else if (![⟦running⟧].includes(word) && (ended || pick(answer, ⟦trouble⟧))) word = "FAILED";
  if (attempt && ![⟦failed⟧, ⟦done⟧].includes(word)) console.error(`An attempt failed, and the gateway goes on: ${explain(told)}`);
⟦/⟧
  if ([⟦failed⟧].includes(word)) stop(`The task failed: ${explain(told)}`);
  if ([⟦done⟧].includes(word)) {
⟦?link⟧
    const link = pick(answer, ⟦links⟧);
    if (link && (await download(link, file))) {
⟦/⟧
⟦!link⟧
    if (await download(⟦content⟧, file, { Authorization: `Bearer ${key}` })) {
⟦/⟧
      console.log(file);
      process.exit();
    }
  }
  console.error(word || explain(told));
  if ([⟦lost⟧].includes(word) || (status >= 400 && status < 500 && ![408, 425, 429].includes(status))) refused++;
  else if (word) refused = 0;
}
stop(`Nothing is known of how the task ends. To ask again: node ⟦file name⟧ '${task}'`);
