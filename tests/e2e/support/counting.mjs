// A gateway that counts: each POST it receives makes a task, as it would at a real one, and the first one can be
// answered by a fault. It speaks DashScope's protocol over HTTP/1.1, HTTPS or HTTP/2, and lets every page in.
import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createSecure } from 'node:https';
import { connect, createServer as createTcp } from 'node:net';

const CREATE = '/api/v1/services/aigc/video-generation/video-synthesis';
const own = (name) => readFileSync(new URL(`./certificate/${name}.pem`, import.meta.url));

/** What can happen to the first create call after it was received. `h2` and `h1` say where it exists. */
export const FAULTS = {
  none: { end: () => false },
  'the connection ends': { end: (request) => hangUp(request) },
  'the connection ends after a second': { end: (request) => setTimeout(() => hangUp(request), 1000) },
  'it is answered 408': {
    end: (request, response) => {
      response.statusCode = 408;
      response.setHeader('content-type', 'application/json');
      response.end('{"code":"RequestTimeOut","message":"Request timed out, please try again later."}');
    },
  },
  'the session is told to go away': { h2: true, end: (request) => (request.stream.session.goaway(0, 0), setTimeout(() => hangUp(request), 50)) },
  'the stream is refused': { h2: true, end: (request) => request.stream.close(7) },
};

const hangUp = (request) => (request.stream?.session ? request.stream.session.destroy() : request.socket.destroy());

/** Starts one. `scheme` is http, https or h2. */
export async function counting(scheme, fault) {
  const tasks = [];
  const answer = (request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type, x-dashscope-async');
    response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
    const chunks = [];
    request.on('error', () => {});
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url, 'http://host').pathname;
      const say = (value) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(value));
      };
      if (request.method === 'OPTIONS') return response.end();
      if (request.method === 'POST' && path.endsWith(CREATE)) {
        const id = `count-${tasks.length + 1}-${scheme}`;
        tasks.push({ id, body: Buffer.concat(chunks).toString(), created: Date.now() });
        if (tasks.length === 1 && FAULTS[fault].end(request, response) !== false) return undefined;
        return say({ output: { task_id: id, task_status: 'PENDING' }, request_id: `r-${id}` });
      }
      if (path.endsWith('/api/v1/tasks/')) {
        const row = ({ id, body, created }) => ({ task_id: id, model_name: JSON.parse(body).model, gmt_create: created, status: 'RUNNING' });
        return say({ request_id: 'r-list', total: tasks.length, data: tasks.map(row) });
      }
      if (path.includes('/api/v1/tasks/')) {
        return say({ output: { task_id: path.split('/').pop(), task_status: 'RUNNING' }, request_id: 'r-query' });
      }
      response.statusCode = 404;
      return response.end();
    });
  };
  const options = { key: own('key'), cert: own('cert') };
  const server = { http: () => createPlain(answer), https: () => createSecure(options, answer), h2: () => createSecureServer(options, answer) }[scheme]();
  server.keepAliveTimeout = 60_000;
  server.on('sessionError', () => {});
  const sockets = new Set();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${scheme === 'http' ? 'http' : 'https'}://localhost:${server.address().port}`,
    tasks,
    end: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A line to a server that hangs up once on whoever has sent a create call through it. */
export async function cutting(port) {
  const line = { cut: 0, armed: true };
  const sockets = new Set();
  const server = createTcp((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    near.on('data', (bytes) => {
      far.write(bytes);
      if (line.armed && bytes.toString('latin1').startsWith('POST ') && bytes.includes('/video-synthesis')) {
        line.armed = false;
        line.cut += 1;
        // The server has it by now; the answer finds nobody.
        setTimeout(() => near.destroy(), 150);
      }
    });
    far.on('data', (bytes) => !near.destroyed && near.write(bytes));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  line.url = `http://127.0.0.1:${server.address().port}`;
  line.end = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return line;
}
