#!/bin/sh
# Makes tests/fixtures/sheet/budget.{xls,xlsx,ods,html} and budget_protected.xls from budget.fods with LibreOffice
# (Debian: apt-get install --no-install-recommends libreoffice-calc-nogui).
set -eu
cd "$(dirname "$0")/../tests/fixtures/sheet"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for filter in 'xls:MS Excel 97' 'xlsx:Calc MS Excel 2007 XML' ods:calc8 'html:HTML (StarCalc)'; do
    soffice "-env:UserInstallation=file://$profile" --headless --convert-to "$filter" budget.fods
done
# The same with a protected structure, which the program encrypts with the password that every program knows.
sed 's/<office:spreadsheet>/<office:spreadsheet table:structure-protected="true">/' budget.fods \
    >"$profile/budget_protected.fods"
soffice "-env:UserInstallation=file://$profile" --headless --convert-to 'xls:MS Excel 97' "$profile/budget_protected.fods"
