// Real sounds, made on the spot: a WAV file is a header and samples.

/** A tone of so many seconds, 16 bits, one channel. */
export function wav(seconds, rate = 16_000) {
  const count = Math.round(seconds * rate);
  const out = Buffer.alloc(44 + count * 2);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(36 + count * 2, 4);
  out.write('WAVEfmt ', 8, 'latin1');
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(rate * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36, 'latin1');
  out.writeUInt32LE(count * 2, 40);
  for (let at = 0; at < count; at += 1) out.writeInt16LE(Math.round(8000 * Math.sin((at * 2 * Math.PI * 220) / rate)), 44 + at * 2);
  return out;
}

/** A file as Playwright's `setInputFiles` takes it. */
export const wavFile = (name, seconds) => ({ name, mimeType: 'audio/wav', buffer: wav(seconds) });
