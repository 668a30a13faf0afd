// A server of the test's own, which it may stop and start again at the same port.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Server {
  constructor(...extra) {
    this.folder = mkdtempSync(join(tmpdir(), 'wan-server-'));
    this.extra = extra;
    this.port = '0';
  }

  async start() {
    const own = ['--site', process.env.WAN_SITE, '--port', this.port, '--state', join(this.folder, 'tasks.json')];
    this.child = spawn(process.env.WAN_SERVER_PROGRAM, [...own, ...this.extra], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.url = await new Promise((resolve, reject) => {
      this.child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
      this.child.stdout.on('data', (line) => {
        const found = /listening on (\S+)/.exec(String(line));
        if (found) resolve(found[1]);
      });
    });
    this.port = new URL(this.url).port;
    return this.url;
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  async end() {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
