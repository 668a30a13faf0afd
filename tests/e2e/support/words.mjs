// Chinese and English, each complete: texts of the other language, and Chinese sentences with Latin stops.

/** Names and what people type stand in both languages; so does what gateways say, and what the user wrote. */
const FOREIGN = '.holds dd, code, pre, kbd, textarea, input, [lang], .entry-prompt, .kept .prompt, #said, #hand-answer, .facts dd, #language, .scenarios li code, td, #reminder button, .voice, .entry-tools button';
const NAMES = /Wan Playground|\/(alibailian|native|unified|generations)|Generations|sh \(curl, jq\)|Windows( cmd)?|Crazyrouter|OPE\.AI|AceDataCloud|DashScope|API Key|POSIX sh|bash, zsh|OpenAI SDK|Windows PowerShell|(Python|JavaScript|Go|Rust|Java) \([\w./]+\)|\b(API|Key|cURL|HTTP|JSON|HAR|Markdown|Ctrl|Enter|Esc|Wan|PowerShell|Python|JavaScript|Node\.js|fish|Beta|CORS|cmd)\b|wan[\d.]+[\w.@-]*|\S+\.(com|cloud|ai|mp4|json|py|mjs|ps1|go|rs|java|sh|png)\S*|https?:\/\/\S+|\{\w+\}\S*|character\d|\b(png|jpe?g|webp|bmp|wav|mp3|mp4|mov)\b|\b\d+P\b|US\$/g;

/** Every text a person reads or hears, with where it stands. */
const texts = (page) =>
  page.evaluate((foreign) => {
    const out = [];
    const add = (text, element) => {
      const one = text.replace(/\s+/g, ' ').trim();
      if (one) out.push([one, element.id || element.className || element.tagName]);
    };
    const root = document.documentElement.lang;
    const isForeign = (element) => {
      const part = element.closest(foreign);
      return part && !(part.matches('[lang]') && part.lang === root);
    };
    for (const element of document.body.querySelectorAll('*')) {
      if (isForeign(element) || element.closest('script, style, svg, #boot, video')) continue;
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.data, element);
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
        // The whole of a cut text, and titles of documents, are in the language they are in.
        if (element.hasAttribute(name) && !element.matches('.source, .example')) add(element.getAttribute(name), element);
      }
    }
    return out;
  }, FOREIGN);

const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
const ENGLISH = /[A-Za-z]{3,}/;
/** Names of fields and paths stand in Chinese sentences; a sentence does not. */
const SENTENCE = /[A-Za-z']{2,}( [A-Za-z']{2,}){2,}/;

function wrong(list, tag) {
  const isWrong = ([text]) => {
    if (tag === 'en') return CHINESE.test(text);
    const rest = text.replace(NAMES, '');
    return (!CHINESE.test(text) && ENGLISH.test(rest)) || SENTENCE.test(rest);
  };
  return list.filter(isWrong).map(([text, where]) => `${where}: ${text}`);
}

/** What is wrong with the words of the page in its language. */
export async function misspoken(page, tag) {
  const list = await texts(page);
  const found = wrong(list, tag);
  // Chinese sentences have Chinese stops, and brackets that fit.
  const stops = tag === 'zh-CN' ? list.map(([text]) => text).filter((text) => /[\u4e00-\u9fff][,;:?!](?![\w/])|（[^）]*\)|\([^)]*）/.test(text)) : [];
  return [...new Set([...found, ...stops])];
}
