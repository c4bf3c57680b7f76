import { escapeForFlex, toFlexMarkdown } from "../../../src/channels/rich-text/for-flex";

describe("a customer's text in Flex", () => {
  it.each([
    "Hello, how are you? I have 2 * 3 questions.",
    "snake_case",
    "https://example.com/a_b_c?d=*e*&f_g",
    "a < b, b > c",
    "- milk\n- bread",
    "1. first\n2. second",
    "an array[0] of [things]",
    "50 % of C:\\Users",
    "😀 ¿Qué? 世界",
    "~5 minutes, a = b",
  ])("stays as typed where it is no markup: %j", (text) => {
    expect(escapeForFlex(text)).toBe(text);
  });

  it.each([
    ["2*3*4", "2\\*3\\*4"],
    ["*not bold*", "\\*not bold\\*"],
    ["snake_case_name", "snake\\_case\\_name"],
    ["<script>alert(1)</script>", "\\<script>alert(1)\\</script>"],
    ["<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)>"],
    ["<javascript:alert(1)>", "\\<javascript:alert(1)>"],
    ["[click](javascript:alert(1))", "\\[click](javascript:alert(1))"],
    ["[bank](https://evil.example)", "\\[bank](https://evil.example)"],
    ["![x](https://evil.example/track.png)", "!\\[x](https://evil.example/track.png)"],
    ["[x]: javascript:alert(1)", "\\[x]: javascript:alert(1)"],
    ["\\[x](javascript:alert(1))", "\\\\\\[x](javascript:alert(1))"],
    ["&lt;b&gt; &#60;", "\\&lt;b\\&gt; \\&#60;"],
    ["http://a<img src=x>", "http://a \\<img src=x>"],
    ["#1 is broken", "\\#1 is broken"],
    ["> said", "\\> said"],
    ["title\n---", "title\n\\---"],
    ["20. March\n3. April", "20\\. March\n3\\. April"],
    ["`a` ~~b~~ ==c==", "\\`a\\` \\~\\~b\\~\\~ \\=\\=c\\=\\="],
  ])("has no markup of its own: %j", (text, escaped) => {
    expect(escapeForFlex(text)).toBe(escaped);
  });
});

describe("a Telegram message in Flex", () => {
  const entity = (type: string, offset: number, length: number, more = {}) => ({ type, offset, length, ...more });

  it.each([
    [
      "bold it gone code",
      [entity("bold", 0, 4), entity("italic", 5, 2), entity("strikethrough", 8, 4), entity("code", 13, 4)],
      "**bold** _it_ ~~gone~~ `code`",
    ],
    ["both", [entity("bold", 0, 4), entity("italic", 0, 4)], "**_both_**"],
    ["😀 after", [entity("bold", 3, 5)], "😀 **after**"],
    ["our site", [entity("text_link", 0, 8, { url: "https://e.com/(a)" })], "[our site](https://e.com/%28a%29)"],
    [
      "https://bank.example",
      [entity("text_link", 0, 20, { url: "https://evil.example" })],
      "https://bank.example (https://evil.example)",
    ],
    ["click", [entity("text_link", 0, 5, { url: "javascript:alert(1)" })], "click"],
    ["let a;\nlet b;", [entity("pre", 0, 13, { language: "js" })], "```js\nlet a;\nlet b;\n```"],
    ["a ``` b", [entity("code", 0, 7)], "````a ``` b````"],
    ["said\nso", [entity("blockquote", 0, 7)], "> said\n> so"],
    ["two\nlines", [entity("bold", 0, 9)], "**two**\n**lines**"],
    ["a*b", [entity("bold", 0, 3)], "**a\\*b**"],
    ["@ada #tag", [entity("mention", 0, 4), entity("hashtag", 5, 4)], "@ada #tag"],
    ["hidden", [entity("spoiler", 0, 6), entity("underline", 0, 6)], "hidden"],
    ["short", [entity("bold", 3, 99), entity("bold", -1, 2), entity("bold", 1.5, 2)], "short"],
  ])("%j shows its looks", (text, entities, markdown) => {
    expect(toFlexMarkdown(text, entities)).toBe(markdown);
  });
});
