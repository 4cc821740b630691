// The page of `rnnotator serve`: sends the text as one types and shows its tags. All that comes
// from a text or a model is set as text or attribute, never as HTML.
"use strict";

const PAUSE = 150; // milliseconds without a key before the text is sent
const AGAIN = 1000; // milliseconds before a busy server is asked again
const EXAMPLES = {
  en: "Elena Brandt, the mayor of Redmere, won't wait another winter. \"The bridge must close on Tuesday,\" she told Halden Structures in Oslo.",
  ko: "김민수는 어제 부산에서 새 책을 샀다. 그 책은 정말 재미있었다.",
};

const WORDS = {
  en: {
    model: "Model",
    text: "Text",
    placeholder: "Type or paste a text; it is tagged as you type.",
    example: "Example",
    tags: "Tags",
    choice: "Tags below the words",
    below: (head) => `${head} below`,
    help: "Hover over a word for its probabilities, or go from word to word with Tab and the arrow keys.",
    program: "From a program",
    answer: "The answer has a line of JSON for each sentence.",
    none: "No words",
    silent: "The server does not answer; is it still running?",
    tooLong: (characters, most) => `${count(characters, "character")}, at most ${most.toLocaleString("en")} at a time`,
    found: (sentences, tokens, mentions) =>
      [count(sentences, "sentence"), count(tokens, "token")].concat(mentions === null ? [] : count(mentions, "mention")).join(", "),
    probability: "probability",
    morphemes: "morphemes",
  },
  ko: {
    model: "모델",
    text: "텍스트",
    placeholder: "글을 쓰거나 붙여 넣으면 바로 태그가 붙습니다.",
    example: "예문",
    tags: "태그",
    choice: "단어 아래에 보일 태그",
    below: (head) => `${head} 표시`,
    help: "단어에 마우스를 올리면 확률이 보입니다. Tab과 화살표 키로 단어 사이를 옮겨 다닐 수도 있습니다.",
    program: "프로그램에서 쓰기",
    answer: "응답은 문장마다 JSON 한 줄입니다.",
    none: "단어가 없습니다",
    silent: "서버가 응답하지 않습니다. 서버가 켜져 있는지 확인하세요.",
    tooLong: (characters, most) => `${characters.toLocaleString("ko")}자입니다. 한 번에 ${most.toLocaleString("ko")}자까지 보낼 수 있습니다.`,
    found: (sentences, tokens, mentions) =>
      [`문장 ${sentences.toLocaleString("ko")}개`, `토큰 ${tokens.toLocaleString("ko")}개`].concat(mentions === null ? [] : `개체명 ${mentions.toLocaleString("ko")}개`).join(", "),
    probability: "확률",
    morphemes: "형태소",
  },
};

const at = (id) => document.getElementById(id);
const [text, status, result, tip, model, below, language] = ["text", "status", "result", "tip", "model", "below", "language"].map(at);

let models = [];
let maxChars = Infinity;
let chosen = new Set(); // heads whose tags are shown below the words
let latest = 0; // the number of the last question; answers to others are dropped
let running = null;
let timer = 0;
let shown = null; // the text and sentences on the page
let described = null; // the token that the tip is about

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function say(message, isError = false) {
  status.textContent = message;
  status.classList.toggle("error", isError);
}

const count = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
const words = () => WORDS[language.value];
const current = () => models.find((each) => each.name === model.value) || models[0];

/** Half a surrogate pair can't be sent; the replacement is as long. */
const whole = (s) => s.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

async function ask() {
  clearTimeout(timer);
  const number = ++latest;
  if (running) running.abort();
  const asked = whole(text.value);
  const name = current().name;
  if (asked.length > maxChars) {
    say(words().tooLong(asked.length, maxChars), true);
    return;
  }
  if (asked.trim() === "") {
    say("");
    show(null);
    return;
  }
  running = new AbortController();
  try {
    const response = await fetch("/api/tag", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: asked, model: name }),
      signal: running.signal,
    });
    const body = await response.text();
    if (number !== latest) return;
    if (response.ok) {
      show({ text: asked, model: current(), sentences: body.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line)) });
    } else {
      const again = response.status === 503 && response.headers.get("Retry-After");
      say(JSON.parse(body).error, true);
      if (again) timer = setTimeout(ask, AGAIN);
    }
  } catch (problem) {
    if (number !== latest || problem.name === "AbortError") return;
    say(words().silent, true);
  }
}

/** Shows tagged sentences between the characters outside of tokens. */
function show(answer) {
  hideTip();
  shown = answer;
  const sentences = answer ? answer.sentences : [];
  at("help").hidden = sentences.length === 0;
  if (sentences.length === 0) {
    result.replaceChildren();
    at("keys").replaceChildren();
    if (answer) say(words().none);
    return;
  }
  const marked = answer.model.heads.find((head) => head.mentions);
  const coloured = answer.model.heads.find((head) => !head.mentions);
  const seen = new Map(answer.model.heads.map((head) => [head.name, new Map()]));
  const add = (head, kind) => seen.get(head.name).set(kind, (seen.get(head.name).get(kind) || 0) + 1);
  const fragment = document.createDocumentFragment();
  let end = 0;
  let tokens = 0;
  let mentions = 0;
  for (const sentence of answer.sentences) {
    const found = (marked && sentence.mentions && sentence.mentions[marked.name]) || [];
    mentions += found.length;
    let next = 0;
    let into = fragment;
    const multiword = (sentence.multiword || []).filter((each) => !isOfParts(each, sentence.tokens));
    let written = 0;
    sentence.tokens.forEach((token, i) => {
      while (written < multiword.length && multiword[written].endToken <= i) written++;
      const whole = written < multiword.length && multiword[written].firstToken <= i ? multiword[written] : null;
      const begin = whole ? whole.begin : token.begin;
      if (end < begin) into.append(answer.text.slice(end, begin));
      const mention = found[next];
      if (mention && mention.firstToken === i) {
        into = element("mark");
        into.dataset.type = mention.type;
        paint(into, marked, mention.type);
        add(marked, mention.type);
        fragment.append(into);
      }
      if (whole && whole.firstToken === i) into.append(whole.form);
      const suffix = whole ? 0 : suffixLength(token, mention, i);
      const word = element("span", { tabIndex: -1, textContent: whole ? "" : token.form.slice(0, token.form.length - suffix) });
      if (whole) {
        const form = element("i");
        form.dataset.word = token.form;
        word.append(form);
      }
      word.setAttribute("aria-describedby", "tip");
      word.tagged = { sentence, i };
      if (coloured) {
        word.className = "t";
        paint(word, coloured, sentence.tags[coloured.name][i]);
        add(coloured, sentence.tags[coloured.name][i]);
      }
      into.append(word);
      if (mention && mention.endToken === i + 1) {
        into = fragment;
        next++;
      }
      end = whole ? whole.end : token.end - suffix;
      tokens++;
    });
  }
  fragment.append(answer.text.slice(end));
  result.replaceChildren(fragment);
  result.querySelector("span[tabindex]").tabIndex = 0;
  labelBelow();
  at("keys").replaceChildren(...[marked, coloured].filter(Boolean).map((head) => legend(head, seen.get(head.name))));
  say(words().found(sentences.length, tokens, marked ? mentions : null));
}

/** How many characters follow a name inside its last token, as the particle of Korean "경찰은" does. */
function suffixLength(token, mention, i) {
  const isLast = mention && mention.endToken === i + 1 && token.form.length === token.end - token.begin;
  return isLast ? Math.max(0, token.end - mention.end) : 0;
}

/** Without the heads that tell where names end inside tokens: the page ends the names there. */
function withoutSuffixes(heads) {
  const names = new Set(heads.filter((head) => head.mentions).map((head) => `${head.name}_suffix`));
  return heads.filter((head) => !names.has(head.name));
}

/** Whether each word of a multiword token is a part of it: of "don't" yes, of Portuguese "da" no. */
function isOfParts(multiword, tokens) {
  let end = multiword.begin;
  return tokens.slice(multiword.firstToken, multiword.endToken).every((word) => {
    const part = word.begin >= end && word.end - word.begin === word.form.length;
    end = word.end;
    return part;
  });
}

/** A hue of its own; grey where the tag has none. */
function paint(element, head, kind) {
  const hue = head.hues[kind];
  if (hue !== undefined) {
    element.style.setProperty("--h", hue);
    element.style.setProperty("--s", "70%");
  } else {
    element.style.setProperty("--s", "0%");
  }
}

function legend(head, seen) {
  const list = element("ul", { className: "key" }, element("li", { className: "head", textContent: head.name }));
  for (const kind of head.kinds.filter((each) => seen.has(each))) {
    const sample = element(head.mentions ? "mark" : "span", { className: "t", textContent: kind });
    paint(sample, head, kind);
    const number = element("span", { className: "count", textContent: seen.get(kind).toLocaleString("en") });
    list.append(element("li", {}, sample, " ", number));
  }
  return list;
}

/** The tags of the chosen heads below the words. */
function labelBelow() {
  const heads = current().heads.map((head) => head.name).filter((name) => chosen.has(name));
  result.classList.toggle("below", heads.length > 0);
  for (const word of result.querySelectorAll("span[tabindex]")) {
    const { sentence, i } = word.tagged;
    word.dataset.below = heads.map((name) => sentence.tags[name][i]).join("\n");
  }
}

/** Shows what all heads say of a token, next to it where possible. */
function showTip(word) {
  clearTimeout(hiding);
  if (described === word && !tip.hidden) return;
  described = word;
  const { sentence, i } = word.tagged;
  const table = element("table");
  for (const head of shown.model.heads) {
    const probability = sentence.probabilities && sentence.probabilities[head.name] && sentence.probabilities[head.name][i];
    const row = element("tr", {}, element("th", { scope: "row", textContent: head.name }), element("td", { textContent: sentence.tags[head.name][i] }));
    if (probability !== undefined) {
      row.append(
        element("td", { className: "number", textContent: probability.toFixed(2) }),
        element("td", {}, element("meter", { min: 0, max: 1, value: probability, ariaLabel: words().probability })));
    }
    table.append(row);
  }
  const morphemes = sentence.morphemes ? sentence.morphemes[i] : [];
  if (morphemes.length > 1) {
    const parts = morphemes.map(({ form, tag }) => `${form}/${tag}`).join(" + ");
    table.append(element("tr", {}, element("th", { scope: "row", textContent: words().morphemes }), element("td", { colSpan: 3, textContent: parts })));
  }
  tip.replaceChildren(table);
  tip.hidden = false;
  placeTip();
}

function placeTip() {
  if (!described) return;
  const box = described.getClientRects()[0];
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
  const above = box.top - height - 6;
  tip.style.left = `${left}px`;
  tip.style.top = `${above >= 4 ? above : result.classList.contains("below") ? box.bottom + 2 : box.bottom + 6}px`;
}

let hiding = 0;
function hideTip() {
  clearTimeout(hiding);
  tip.hidden = true;
  described = null;
}
function hideTipSoon() {
  clearTimeout(hiding);
  hiding = setTimeout(hideTip, 120);
}

const wordOf = (event) => (event.target.closest ? event.target.closest("#result span[tabindex]") : null);

result.addEventListener("pointerover", (event) => wordOf(event) && showTip(wordOf(event)));
result.addEventListener("pointerout", hideTipSoon);
tip.addEventListener("pointerover", () => clearTimeout(hiding));
tip.addEventListener("pointerout", hideTipSoon);
result.addEventListener("focusin", (event) => {
  const word = wordOf(event);
  if (!word) return;
  for (const old of result.querySelectorAll("span[tabindex='0']")) old.tabIndex = -1;
  word.tabIndex = 0;
  showTip(word);
});
result.addEventListener("focusout", hideTip);
document.addEventListener("scroll", placeTip, { passive: true });
window.addEventListener("resize", placeTip);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTip();
});
result.addEventListener("keydown", (event) => {
  const words = [...result.querySelectorAll("span[tabindex]")];
  const here = words.indexOf(wordOf(event));
  const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: words.length - 1 }[event.key];
  if (here < 0 || to === undefined) return;
  event.preventDefault();
  if (words[to]) words[to].focus();
});

/** Offers the heads whose tags can be below the words. */
function offerBelow() {
  const heads = current().heads.filter((head) => !head.mentions);
  below.replaceChildren(...heads.map((head) => {
    const box = element("input", { type: "checkbox", checked: chosen.has(head.name) });
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(head.name);
      else chosen.delete(head.name);
      labelBelow();
    });
    return element("label", {}, box, words().below(head.name));
  }));
}

/** Writes the page in the chosen language; what has no translation, such as heads, stays. */
function chooseLanguage() {
  document.documentElement.lang = language.value;
  for (const part of document.querySelectorAll("[data-text]")) part.textContent = words()[part.dataset.text];
  text.placeholder = words().placeholder;
  below.setAttribute("aria-label", words().choice);
}

function chooseModel() {
  const heads = current().heads.filter((head) => !head.mentions);
  chosen = new Set(heads.slice(0, 1).map((head) => head.name));
  offerBelow();
  const example = EXAMPLES[current().language.split("-")[0]];
  at("example").hidden = !example;
  at("example").onclick = () => {
    text.value = example;
    ask();
  };
  at("program").textContent =
    `curl ${location.origin}/api/tag?model=${encodeURIComponent(current().name)} \\\n  -H 'Content-Type: text/plain' --data-binary @letter.txt`;
  ask();
}

language.addEventListener("change", () => {
  chooseLanguage();
  if (models.length === 0) return;
  offerBelow();
  ask();
});
text.addEventListener("input", later);
model.addEventListener("change", chooseModel);

language.value = navigator.language.startsWith("ko") ? "ko" : "en";
chooseLanguage();

(async () => {
  try {
    const response = await fetch("/api/models");
    ({ models, maxChars } = await response.json());
    models = models.map((each) => ({ ...each, heads: withoutSuffixes(each.heads) }));
  } catch (problem) {
    say(words().silent, true);
    return;
  }
  model.replaceChildren(...models.map((each) => element("option", { value: each.name, textContent: each.name })));
  at("choice").hidden = models.length < 2;
  chooseModel();
})();
