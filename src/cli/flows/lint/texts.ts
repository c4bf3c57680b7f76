import type { LintedState } from "./read-states";
import { stringsIn } from "./strings-in";

/** One string of a state that Studio renders. */
export interface Text {
  path: string;
  state: LintedState;
  text: string;
}

export function textsOf(state: LintedState): Text[] {
  const found = [
    ...stringsIn(state.properties, `${state.path}/properties`),
    ...state.transitions.flatMap(({ conditions }) =>
      conditions.flatMap(({ path, argument, value }) => [
        { path: `${path}/arguments/0`, text: argument },
        { path: `${path}/value`, text: value },
      ]),
    ),
  ];
  // Placeholders of templates look like Liquid: {{1}}.
  const rendered = found.filter(({ path }) => !/\/content_variables\/\d+\/key$/.test(path));
  return rendered.map((one) => ({ ...one, state }));
}

/** The `{{ … }}` and `{% … %}` of a text, with quoted strings emptied. */
export function markupIn(text: string): string[] {
  return [...text.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)].map(([markup]) => markup.replace(/"[^"]*"|'[^']*'/g, '""'));
}

export const hasFilter = (text: string, names: string) =>
  markupIn(text).some((markup) => new RegExp(`\\|\\s*(?:${names})\\b`).test(markup));
