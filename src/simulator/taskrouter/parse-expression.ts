import { ExpressionError, readTokens, type Token } from "./read-tokens";

export type Expression =
  | { kind: "or" | "and"; parts: Expression[] }
  | { kind: "not"; part: Expression }
  | ({ kind: "comparison" } & Comparison);

export interface Comparison {
  operator: Operator;
  left: Operand;
  right: Operand;
}

export type Operator = "==" | "!=" | ">" | ">=" | "<" | "<=" | "CONTAINS" | "HAS" | "IN" | "NOT IN";

export type Operand =
  | { kind: "constant"; value: string | number | boolean }
  | { kind: "key"; path: (string | number)[] }
  | { kind: "list"; items: Operand[] };

// Twilio's own page on times of day compares with a single `=`: https://www.twilio.com/docs/taskrouter/time-of-day-routing
const OPERATORS: Record<string, Operator> = {
  "=": "==",
  "==": "==",
  "!=": "!=",
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
  CONTAINS: "CONTAINS",
  HAS: "HAS",
  IN: "IN",
};

/** Parses once what is evaluated often. AND binds closer than OR, NOT closer than both. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text, readTokens(text));
  const expression = parser.or();
  parser.end();
  return expression;
}

/** Whether it has a `NOT` other than that of `NOT IN`, which Twilio's page does not know. */
export function usesNot(expression: Expression): boolean {
  if (expression.kind === "not") return true;
  return expression.kind !== "comparison" && expression.parts.some(usesNot);
}

class Parser {
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: Token[],
  ) {}

  or(): Expression {
    return this.series("or", "OR", () => this.and());
  }

  end(): void {
    if (this.next < this.tokens.length) throw this.unexpected("the end");
  }

  private and(): Expression {
    return this.series("and", "AND", () => this.not());
  }

  private not(): Expression {
    if (this.take("NOT")) return { kind: "not", part: this.not() };
    if (!this.take("(")) return this.comparison();
    const inner = this.or();
    this.expect(")");
    return inner;
  }

  private comparison(): Expression {
    const left = this.operand();
    const operator = this.operator();
    return { kind: "comparison", operator, left, right: this.operand() };
  }

  private operator(): Operator {
    if (this.take("NOT")) {
      this.expect("IN");
      return "NOT IN";
    }
    const token = this.tokens[this.next];
    const operator = token?.kind === "sign" ? OPERATORS[token.sign] : undefined;
    if (!operator) throw this.unexpected("an operator");
    this.next += 1;
    return operator;
  }

  private operand(): Operand {
    if (this.take("[")) return { kind: "list", items: this.items() };
    const token = this.tokens[this.next];
    if (!token || token.kind === "sign") throw this.unexpected("a key or a constant");
    this.next += 1;
    return token.kind === "key" ? { kind: "key", path: token.path } : { kind: "constant", value: token.value };
  }

  private items(): Operand[] {
    const items: Operand[] = [];
    if (this.take("]")) return items;
    do items.push(this.operand());
    while (this.take(","));
    this.expect("]");
    return items;
  }

  private series(kind: "or" | "and", sign: string, part: () => Expression): Expression {
    const first = part();
    const parts = [first];
    while (this.take(sign)) parts.push(part());
    return parts.length === 1 ? first : { kind, parts };
  }

  private take(sign: string): boolean {
    const token = this.tokens[this.next];
    if (token?.kind !== "sign" || token.sign !== sign) return false;
    this.next += 1;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw this.unexpected(sign);
  }

  private unexpected(wanted: string): ExpressionError {
    const at = this.tokens[this.next]?.at;
    const found = at === undefined ? "it ends" : `found ${this.text.slice(at, at + 12)}`;
    return new ExpressionError(`Expression "${this.text}": expected ${wanted}, ${found}`);
  }
}
