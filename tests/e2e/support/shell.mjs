// Reads a command back as a POSIX shell would, for the little of its grammar that the page uses: single and double
// quotes, the backslash, blanks. Anything else that a shell would act on is an error, because it must not be there.

/** The words of a command; `$NAME` inside double quotes stays as it is written. */
export function words(command) {
  const out = [];
  let word = null;
  let at = 0;
  while (at < command.length) {
    const c = command[at];
    if (c === "'") {
      const end = command.indexOf("'", at + 1);
      if (end < 0) throw new Error('a quote is not closed');
      word = (word ?? '') + command.slice(at + 1, end);
      at = end + 1;
    } else if (c === '"') {
      const end = command.indexOf('"', at + 1);
      const inner = command.slice(at + 1, end);
      if (end < 0 || /[\\`]|\$[^A-Z_]/.test(inner)) throw new Error(`double quotes hold more than a variable: ${inner}`);
      word = (word ?? '') + inner;
      at = end + 1;
    } else if (c === '\\') {
      if (command[at + 1] !== '\n') word = (word ?? '') + command[at + 1];
      at += 2;
    } else if (c === ' ' || c === '\n') {
      if (word !== null) out.push(word);
      word = null;
      at += 1;
    } else if (/[A-Za-z0-9@%+=:,./_-]/.test(c)) {
      word = (word ?? '') + c;
      at += 1;
    } else {
      throw new Error(`a shell would act on ${JSON.stringify(c)} at ${at}`);
    }
  }
  if (word !== null) out.push(word);
  return out;
}

/** A curl command taken apart. */
export function curl(command) {
  const [program, ...rest] = words(command.trim());
  const found = { program, method: 'GET', url: '', headers: {}, body: null };
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at];
    if (word === '-X') found.method = rest[(at += 1)];
    else if (word === '-H') {
      const [name, ...value] = rest[(at += 1)].split(': ');
      found.headers[name.toLowerCase()] = value.join(': ');
    } else if (word === '-d' || word === '--data-binary') found.body = rest[(at += 1)];
    else if (word === '--output') found.output = rest[(at += 1)];
    else if (!word.startsWith('-')) found.url = word;
    else throw new Error(`an option nobody expects: ${word}`);
  }
  return found;
}
