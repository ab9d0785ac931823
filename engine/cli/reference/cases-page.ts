/** How examples inside specs are written: the one description of `cases:`. */
export function casesPage(): string {
  return `### cases

Examples inside a spec with formulas, which \`dag test\` runs: \`cases:\` is a list of maps. Each says which rows there are and what must
come out of them. The formula of the spec runs on these rows alone, as it does in a pipeline; columns are named as the formula names them.

\`\`\`yaml
fires: rises(rv_z > $limit)
cooldown: 3b
side: sign(ret_12)
cases:
  - doc: leaves the range                        # names the case where it fails
    with: { limit: 2 }                           # other values of params and foreach
    rows:
      rv_z: [{ fill: [0, 1], rows: 4 }, 5, 5]    # 0 1 0 1 5 5
      ret_12: [{ range: [-3, 2] }]               # -3 -2 -1 0 1 2
    fires: { at: [4], side: [1] }                # in row 4, the fifth; there the side is 1
\`\`\`

- \`rows:\` columns of equal length. A cell is a number, text, true, false or null (missing, as is \`.nan\`);
  \`{ fill: [a, b], rows: n }\` repeats values until there are n cells, \`{ range: [a, b] }\` counts from a to b.
- \`gives:\` the value of every row, as long as the rows; null or \`.nan\` where it must be missing. Numbers agree to nine digits.
- \`fires:\` for events, in place of \`gives\`: \`at\` lists every row it fires in, counted from 0, and \`[]\` says that it never does. Beside
  it stand other fields of the spec (\`side\`, \`severity\`), each with one value for every row of \`at\`.
- \`with:\` values that replace defaults of \`params:\` and the first value of \`foreach:\`. For composed operators it gives the arguments that
  are no columns, such as 14, 24h, all, true or a word; those that are have columns of their names.
- \`from:\` UTC time of the first row, for formulas that look at the clock; Monday 2024-01-01 if it is not given. Rows are 5 minutes apart.
- \`tables:\` what formulas read as \`name.column\`: \`{ funding: { every: 8h, rows: { rate: [0.01, 0.02] } } }\`. Without \`every\` its rows are
  those of the case; with it they are a clock of their own, which also starts at \`from\`.
- \`symbols:\` in place of \`rows\` for formulas across symbols: columns by symbol. \`gives\` is then one list for all, or one by symbol.

**Rows that cannot tell yet.** A window that is not full is missing, and what compares with it neither holds nor fails: the case needs as
many rows before the one it is about as the formula looks back (\`past_quantile(x, q)\` alone wants a hundred or more, hence \`fill\`). A cooldown
of \`nb\` is known after n − 1 rows in a row in which nothing fires: before these a firing may have been seen that the rows no longer show, so
that a first hit in row 0 is not told. Put n − 1 quiet rows before the first firing. A case that fails for that reason says so:
\`rows 0–1 are not settled yet: cooldown 3b is known after 2 rows in which nothing fires\`.

An event has at least three cases: one that fires, a near miss, and one firing again within the cooldown and after it.
`;
}
