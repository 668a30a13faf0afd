// Histories of any length, made of one real record.

const PROMPTS = [
  'A kitten runs across a moonlit roof, camera low and close',
  '夜行列车的车窗上雨滴滑落，城市灯光缓缓掠过',
  'Paper boats sail down a flooded street in spring, seen from above',
  '春天积水的街道上漂着纸船，俯拍镜头',
  'An old lighthouse in a storm; the beam sweeps over black water, one long take',
];
const MODELS = {
  dashscope: ['wan2.5-t2v-preview', 'wan2.6-t2v', 'wan2.2-t2v-plus'],
  crazyrouter: ['wan2.5-t2v-preview', 'wan2.6-t2v'],
  acedata: ['wan2.6-t2v'],
  ope: ['wan2.7-i2v'],
};
const STATES = [
  null,
  null,
  null,
  { is: 'canceled' },
  { is: 'failed', fault: { status: 200, code: 'DataInspectionFailed', message: 'refused', request_id: 'r' }, word: 'FAILED' },
  { is: 'lost', word: 'UNKNOWN' },
];

/** Everything in the store of records. */
export const records = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const asked = indexedDB.open('wan-playground');
        asked.onerror = () => reject(asked.error);
        asked.onsuccess = () => {
          const database = asked.result;
          const found = database.transaction('tasks').objectStore('tasks').getAll();
          found.onsuccess = () => {
            database.close();
            resolve(found.result.map((entry) => entry.text));
          };
        };
      }),
  );

/** So many records like this one, each of its own, the first the newest. */
export function multiply(text, number) {
  return Array.from({ length: number }, (_, index) => {
    const record = JSON.parse(text);
    const { task } = record;
    const gateways = Object.keys(MODELS);
    const gateway = gateways[index % gateways.length];
    task.uid = `made-${index}`;
    task.origin.gateway = gateway;
    task.origin.model = MODELS[gateway][index % MODELS[gateway].length];
    task.started_ms -= (index + 1) * 37 * 60_000;
    task.ended_ms = task.started_ms + 90_000;
    task.id = `made-id-${index}`;
    record.draft.prompt = `${PROMPTS[index % PROMPTS.length]} (${index})`;
    task.state = STATES[index % STATES.length] ?? task.state;
    return JSON.stringify(record);
  });
}

/** A file as the page exports it. */
export const file = (texts) => `{"wan-playground-export":1,"records":[\n${texts.join(',\n')}\n]}\n`;

/** Reads a file in through the open history. */
export const importText = (page, text, name = 'history.json') =>
  page.locator('#history-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
