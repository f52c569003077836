// Works out the formulas of workbooks with HyperFormula, which is as strict about types as Excel: to it no comparison
// equals a number. Reads JSON on standard input: {workbook: {sheet: rows}}.
const { HyperFormula } = require('hyperformula');

let text = '';
process.stdin.on('data', (piece) => { text += piece; });
process.stdin.on('end', () => {
  // As Excel does, two numbers that are alike in 15 digits are equal.
  const options = { licenseKey: 'gpl-v3', useArrayArithmetic: true, smartRounding: true, precisionEpsilon: 1e-15 };
  const shown = (cell) => (cell && typeof cell === 'object' ? cell.value : cell);
  const workedOut = {};
  for (const [name, sheets] of Object.entries(JSON.parse(text))) {
    const book = HyperFormula.buildFromSheets(sheets, options);
    workedOut[name] = {};
    for (const sheet of Object.keys(sheets)) {
      workedOut[name][sheet] = book.getSheetValues(book.getSheetId(sheet)).map((row) => row.map(shown));
    }
  }
  process.stdout.write(JSON.stringify(workedOut));
});
