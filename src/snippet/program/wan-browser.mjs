// Makes a video and waits for it, in a page: with fetch, and nothing beside it. The gateway has to allow that (CORS).
// Whoever opens the page can read its files: let people enter their own key, and never write one here.
//
//   const { task, ⟦?link⟧link⟦/⟧⟦!link⟧blob⟦/⟧ } = await makeVideo(key, { onTask: (task) => localStorage.setItem("task", task) });
//
⟦?upload⟧
// It uploads local files first. A page cannot open a file by its name: the module asks for them, or takes { files } in the
// order of the list below. The places that take them have to allow pages, too.
⟦/⟧
// With { task } it takes up that task, and creates none. What goes wrong is thrown.

⟦!file⟧
const body = ⟦body⟧;

⟦/⟧
⟦?upload⟧
// The local files that the body names: what each is called, the name it gets at the gateway, and its media type.
const files = {
⟦files⟧};

function stop(why) {
  throw new Error(why);
}

⟦/⟧
const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The HTTP status, the answer as far as it is JSON, and the seconds of Retry-After. The status is 0 where none came. */
async function call(key, url, options) {
  const headers = { Authorization: `Bearer ${key}`, ...options?.headers };
  try {
    const response = await fetch(url, { redirect: "error", cache: "no-store", credentials: "omit", ...options, headers });
    const text = await response.text();
    const retryAfter = Math.min(Number(response.headers.get("retry-after")) || 0, 3600);
    try {
      return { status: response.status, answer: JSON.parse(text), retryAfter };
    } catch {
      return { status: response.status, answer: text, retryAfter };
    }
  } catch (error) {
    return { status: 0, answer: String(error), retryAfter: 0 };
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

/**
 * A body that the browser can send once. A text it sends again by itself when its connection ends without an answer.
 * Only HTTP/2 and newer take such a body: over HTTP/1.1 it is refused before anything leaves, and never asked for.
 */
function onceBody(text) {
  let looked = false;
  const probe = new Request("https://example.com", {
    method: "POST",
    body: new ReadableStream(),
    get duplex() {
      looked = true;
      return "half";
    },
  });
  if (!looked || probe.headers.has("Content-Type")) return undefined;
  const body = { taken: false };
  const pull = (controller) => {
    body.taken = true;
    controller.enqueue(new TextEncoder().encode(text));
    controller.close();
  };
  body.stream = new ReadableStream({ pull }, { highWaterMark: 0 });
  return body;
}

/** The id of a new task. This costs money: it is sent once. */
async function create(key⟦?upload⟧, chosen⟦/⟧) {
  const url = ⟦url⟧;
⟦?file⟧
  const text = await (await fetch(⟦body file⟧)).text();
⟦/⟧
⟦?plain⟧
  const text = JSON.stringify(body);
⟦/⟧
⟦?upload⟧
  const links = {};
  chosen ??= await choose();
  for (const [mark, file] of Object.entries(files)) links[mark] = await upload(key, chosen.shift(), ...file);
  const text = JSON.stringify(body, (_, value) => (Object.hasOwn(links, value) ? links[value] : value));
⟦/⟧
  const post = {
    method: "POST",
    headers: {⟦headers⟧
    },
  };
  const once = url.startsWith("https:") ? onceBody(text) : undefined;
  let made = once && (await call(key, url, { ...post, body: once.stream, duplex: "half" }));
  // Nothing has left, or the gateway wants to know the length first and has taken nothing.
  if (!made || made.status === 411 || (made.status === 0 && !once.taken)) made = await call(key, url, { ...post, body: text });
  const task = pick(made.answer, ⟦id⟧);
  if (task) return String(task);
  const refused = made.status >= 400 && made.status < 500 && ![408, 409, 425, 499].includes(made.status);
  const doubt = "It may have been created and billed all the same: look before you run this again.";
  throw new Error(`No task: ${explain(made)}${refused ? "" : ` ${doubt}`}`);
}

⟦?upload⟧
/** Asks for the local files, in a window of the page. */
function choose() {
  const [dialog, form] = ["dialog", "form"].map((name) => document.createElement(name));
  const inputs = Object.values(files).map(([path, , type]) => {
    const [label, input] = ["label", "input"].map((name) => document.createElement(name));
    Object.assign(input, { type: "file", accept: type, required: true });
    label.style.display = "block";
    label.append(path, " ", input);
    form.append(label);
    return input;
  });
  form.method = "dialog";
  form.append(Object.assign(document.createElement("button"), { textContent: "OK" }));
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  const chosen = () => (dialog.remove(), inputs.map((input) => input.files[0]));
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(chosen())));
}

/** The link of a local file, once it lies at the gateway. This costs nothing. */
async function upload(key, file, path, name, type) {
  if (!file) stop(`No upload: ${path} was not chosen.`);
  const bytes = await file.arrayBuffer().catch((error) => stop(`No upload of ${path}: ${error.message}`));
⟦uploading⟧}

⟦/⟧
function ask(key, task) {
  const signal = AbortSignal.timeout(60_000);
⟦!post⟧
  return call(key, ⟦query⟧, { signal });
⟦/⟧
⟦?post⟧
  return call(key, ⟦query⟧, {
    method: "POST",
    headers: {⟦query headers⟧
    },
    body: JSON.stringify(⟦ask⟧),
    signal,
  });
⟦/⟧
}

/** Waits for the video of a new task, or of this one. */
export async function makeVideo(key, { task, ⟦?upload⟧files, ⟦/⟧onTask, onWord } = {}) {
  if (!key) throw new Error("There is no key.");
  task ??= await create(key⟦?upload⟧, files && [...files]⟦/⟧);
  onTask?.(task);
  let pause = ⟦first⟧;
  let refused = 0;
  for (let polls = 0; polls < ⟦polls⟧ && refused < 3; polls++) {
    await sleep(pause);
    const told = await ask(key, task);
    const { status, answer } = told;
    pause = Math.max(⟦interval⟧, told.retryAfter);
    ⟦?trouble⟧let⟦/⟧⟦!trouble⟧const⟦/⟧ word = status >= 200 && status < 300 ? String(pick(answer, ⟦state⟧) ?? "").toUpperCase() : "";
⟦?trouble⟧
    // An attempt that failed is not the end where the gateway goes on.
    const attempt = pick(answer, ⟦attempt⟧) || [⟦failed⟧, ⟦late⟧].includes(word);
    const ended = attempt && ![⟦done⟧].includes(word) && pick(answer, ⟦ended⟧);
    if (answer?.⟦ended name⟧ === null) word += " (unfinished)";
    else if (![⟦running⟧].includes(word) && (ended || pick(answer, ⟦trouble⟧))) word = "FAILED";
    if (attempt && ![⟦failed⟧, ⟦done⟧].includes(word)) onWord?.(`An attempt failed, and the gateway goes on: ${explain(told)}`);
⟦/⟧
    onWord?.(word || explain(told));
    if ([⟦failed⟧].includes(word)) throw new Error(`The task failed: ${explain(told)}`);
    if ([⟦done⟧].includes(word)) {
⟦?link⟧
      const link = pick(answer, ⟦links⟧);
      if (link) return { task, link };
⟦/⟧
⟦!link⟧
      const video = await fetch(⟦content⟧, { headers: { Authorization: `Bearer ${key}` } }).catch(() => undefined);
      const blob = video?.ok && (await video.blob().catch(() => undefined));
      if (blob) return { task, blob };
⟦/⟧
    }
    if ([⟦lost⟧].includes(word) || (status >= 400 && status < 500 && ![408, 425, 429].includes(status))) refused++;
    else if (word) refused = 0;
  }
  throw new Error(`Nothing is known of how the task ends. To ask again: makeVideo(key, { task: "${task}" })`);
}
